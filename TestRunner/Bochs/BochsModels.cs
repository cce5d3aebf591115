using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace TestRunner.Bochs;

/// <summary>The processors that Bochs emulates.</summary>
public static partial class BochsModels
{
    /// <summary>The models of processors that were built before AMD64, or without it; all others have long mode.</summary>
    private static readonly HashSet<string> s_without64Bits =
    [
        "pentium", "pentium_mmx", "amd_k6_2_chomper", "p2_klamath", "p3_katmai", "p4_willamette", "core_duo_t2400_yonah", "atom_n270",
    ];

    /// <summary>The names in what <c>bochs --help cpu</c> prints: a line each, after a heading.</summary>
    public static IReadOnlyList<string> Parse(string help)
    {
        ArgumentNullException.ThrowIfNull(help);
        return [.. help.Split('\n').SkipWhile(line => !line.StartsWith("Supported CPU models", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim()).Where(line => Name().IsMatch(line))];
    }

    /// <summary>Whether a model has long mode, which a kernel of 64 bits needs.</summary>
    public static bool Has64Bits(string model) => !s_without64Bits.Contains(model);

    [GeneratedRegex(@"^[a-z0-9_]+\z")]
    private static partial Regex Name();
}

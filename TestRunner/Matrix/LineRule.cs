using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TestRunner.Matrix;

/// <summary>
/// Makes lines for any number of cores. Each name in <see cref="ForEach"/> runs through the cores, the first slowest, and
/// no two of them are ever the same core; <c>{name}</c> in a line stands for the number.
/// </summary>
public sealed record LineRule
{
    /// <summary>The names; without any, the lines come once.</summary>
    public IReadOnlyList<string> ForEach { get; init; } = [];

    /// <summary>The core that each name begins with.</summary>
    public int From { get; init; }

    /// <summary>The lines of each round.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>The lines for a machine.</summary>
    public IEnumerable<string> Make(int cores) => Rounds(cores, []).SelectMany(
        numbers => Lines.Select(line => ForEach.Zip(numbers).Aggregate(line, Fill)));

    /// <summary>A name in braces in a line that no name of the rule fills, or null.</summary>
    public string? FindUnknownName() => Lines
        .SelectMany(line => line.Split('{').Skip(1).Select(part => part.Split('}')[0]))
        .FirstOrDefault(name => !ForEach.Contains(name));

    private IEnumerable<int[]> Rounds(int cores, int[] chosen) => chosen.Length == ForEach.Count
        ? [chosen]
        : Enumerable.Range(0, cores)
            .Where(core => core >= From && !chosen.Contains(core))
            .SelectMany(core => Rounds(cores, [.. chosen, core]));

    private static string Fill(string line, (string Name, int Number) pair) =>
        line.Replace($"{{{pair.Name}}}", pair.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}

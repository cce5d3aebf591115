using System;
using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Links;

/// <summary>The tests that docs/verification.md names for each attack exist.</summary>
public sealed partial class AttackTableTests
{
    private static readonly string s_root = Root();

    public static TheoryData<string, string> Named
    {
        get
        {
            TheoryData<string, string> named = [];
            foreach (Match match in TestName().Matches(File.ReadAllText(Path.Combine(s_root, "docs", "verification.md"))))
            {
                named.Add(match.Groups[1].Value, match.Groups[2].Value);
            }

            return named;
        }
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void A_test_that_is_named_for_an_attack_exists(string type, string method)
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(s_root, "tests"), type + ".cs", SearchOption.AllDirectories);
        Assert.Contains(files, file => File.ReadAllText(file).Contains($" void {method}(", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"`([A-Z]\w+(?:Tests|Suite))\.([A-Z]\w+)`")]
    private static partial Regex TestName();

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ToroCosmos.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("ToroCosmos.sln is in no folder above the tests.");
    }
}

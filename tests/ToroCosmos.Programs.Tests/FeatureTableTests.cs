using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace ToroCosmos.Programs.Tests;

/// <summary>The table of docs/runtime.md is of these programs, and says of each what is so.</summary>
public sealed partial class FeatureTableTests
{
    private const string Works = "works";
    private const string Refused = "refused by name";

    private static readonly FeatureRow[] s_rows =
    [
        .. File.ReadLines(Repository.Path("docs", "runtime.md")).Select(line => RowPattern().Match(line)).Where(match => match.Success)
            .Select(match => new FeatureRow(match.Groups[1].Value, match.Groups[2].Value, int.Parse(match.Groups[3].Value), match.Groups[4].Value)),
    ];

    [Fact]
    public void Every_program_stands_in_one_row_of_the_table()
    {
        Assert.NotEmpty(s_rows);
        Assert.Equal(s_rows.Select(row => row.Subject).Distinct(), s_rows.Select(row => row.Subject));
        Assert.Equal(Subjects().Order(), s_rows.Select(row => row.Subject).Order());
    }

    [Fact]
    public void A_row_counts_its_programs() => Assert.Empty(
        from row in s_rows
        let count = Programs(row).Count()
        where count != row.Count
        select $"{row.Subject} has {count} programs, the table says {row.Count}");

    [Fact]
    public void The_text_counts_all_programs() => Assert.Contains(
        $"{Catalog.All.Count} programs", File.ReadAllText(Repository.Path("docs", "runtime.md")), StringComparison.Ordinal);

    /// <summary>"works", "refused by name", or "works, but for" and the names of those that are known to fail.</summary>
    [Fact]
    public void A_row_tells_what_is_refused_and_what_fails() => Assert.Empty(
        from row in s_rows
        let state = StateOf(row)
        where state != row.State
        select $"{row.Subject}: the table says \"{row.State}\", but it is \"{state}\"");

    [Fact]
    public void A_known_failure_is_of_a_program_and_has_a_reason()
    {
        Assert.Equal(KnownFailures.All.Select(failure => failure.Id).Distinct(), KnownFailures.All.Select(failure => failure.Id));
        Assert.All(KnownFailures.All, failure =>
        {
            Assert.Contains(Catalog.All, program => program.Id == failure.Id);
            Assert.NotEmpty(failure.Reason);
            Assert.NotEmpty(failure.Outcome);
        });
    }

    private static IEnumerable<string> Subjects() => Catalog.All.Select(program => program.Id.Split('.')[0]).Distinct();

    private static IEnumerable<SampleProgram> Programs(FeatureRow row) =>
        Catalog.All.Where(program => program.Id.StartsWith(row.Subject + ".", StringComparison.Ordinal));

    private static string StateOf(FeatureRow row)
    {
        string[] failing = [.. Programs(row).Where(program => KnownFailures.All.Any(failure => failure.Id == program.Id)).Select(program => $"`{program.Id.Split('.')[1]}`")];
        string state = Programs(row).All(program => program.Refused is not null) ? Refused : Works;
        return failing.Length == 0 ? state : $"{state}, but for {string.Join(", ", failing)}";
    }

    [GeneratedRegex(@"^\| ([^|]+) \| `(\w+)` \| (\d+) \| ([^|]+) \|$")]
    private static partial Regex RowPattern();
}

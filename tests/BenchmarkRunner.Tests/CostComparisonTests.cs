using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkRunner.Costs;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class CostComparisonTests
{
    private static readonly CostRecord s_recorded = new("QEMU 1", "10", [new("send", 8, 100), new("start", 0, 5000)]);

    [Theory]
    [InlineData(100)]
    [InlineData(103)]
    [InlineData(97)]
    public void A_cost_within_three_percent_of_its_record_is_no_problem(double instructions) =>
        Assert.Empty(Problems(new("send", 8, instructions), new("start", 0, 5000)));

    [Fact]
    public void A_cost_that_grew_by_more_is_told_with_both_numbers_and_what_to_do()
    {
        IReadOnlyList<string> problems = Problems(new("send", 8, 103.5), new("start", 0, 5000));
        Assert.Equal(
            [
                "send, 8 bytes: costs 103.5 instructions, 100 are recorded (+3.5 %): make it as cheap as it was, or accept what it costs",
                "'./build.sh --target=Costs --record=yes' records what was counted in benchmarks/costs.json; that belongs into the same change.",
            ],
            problems);
    }

    [Fact]
    public void A_cost_that_shrank_by_more_must_be_recorded_too() =>
        Assert.StartsWith(
            "start: costs 4800 instructions, 5000 are recorded (-4.0 %): cheaper than recorded",
            Problems(new("send", 8, 100), new("start", 0, 4800))[0],
            StringComparison.Ordinal);

    [Fact]
    public void A_row_that_is_not_recorded_is_a_problem() =>
        Assert.Equal(
            "send, 64 bytes: costs 120.25 instructions, and nothing is recorded of it",
            Problems(new("send", 8, 100), new("send", 64, 120.25), new("start", 0, 5000))[0]);

    [Fact]
    public void A_row_that_is_no_longer_counted_is_a_problem() =>
        Assert.Equal("start: 5000 instructions are recorded, and it was not counted", Problems(new CountedCost("send", 8, 100))[0]);

    [Fact]
    public void Something_that_grew_from_nothing_is_a_problem() => Assert.Equal(
        CostVerdict.Grew, new CostChange(new CountedCost("send", 8, 1), new CountedCost("send", 8, 0)).Verdict);

    [Fact]
    public void Other_tools_are_named_beside_a_problem_and_are_none_themselves()
    {
        CostRecord other = s_recorded with { Qemu = "QEMU 2" };
        Assert.Empty(CostComparison.Problems(other, s_recorded));
        Assert.Contains(
            "Counted with QEMU 2 and .NET 10, recorded with QEMU 1 and .NET 10",
            CostComparison.Problems(other with { Costs = [] }, s_recorded)[^2],
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_the_rows_as_they_were_counted_and_then_those_that_are_gone() =>
        Assert.Equal(
            ["send", "new", "start"],
            CostComparison.Compare(s_recorded with { Costs = [new("send", 8, 1), new("new", 0, 1)] }, s_recorded)
                .Select(change => change.Name));

    private static IReadOnlyList<string> Problems(params CountedCost[] counted) =>
        CostComparison.Problems(s_recorded with { Costs = counted }, s_recorded);
}

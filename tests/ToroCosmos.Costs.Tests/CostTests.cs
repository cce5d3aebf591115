using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BenchmarkRunner.Costs;
using Xunit;

namespace ToroCosmos.Costs.Tests;

/// <summary>What the bus and the boot cost, in instructions, is what benchmarks/costs.json says.</summary>
public sealed class CostTests(CountedTwice counted) : IClassFixture<CountedTwice>
{
    private const string BootPrefix = "boot-";

    /// <summary>
    /// The part by which a boot may differ from the next. The firmware waits, in which the machine's timers get another
    /// phase, and by these QEMU gives the cores their turns.
    /// </summary>
    private const double BootSlack = 1e-4;

    private const string OtherBuild = "The costs that are recorded are those of the Release build.";

    [SkippableFact]
    public void No_cost_differs_from_its_record_by_more_than_three_percent()
    {
        Skip.IfNot(CountedTwice.IsRecordedBuild, OtherBuild);
        IReadOnlyList<string> problems = CostComparison.Problems(counted.First, counted.Recorded);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [SkippableFact]
    public void The_bus_and_the_start_of_a_core_cost_the_same_in_every_run_to_the_instruction()
    {
        Skip.IfNot(CountedTwice.IsRecordedBuild, OtherBuild);
        CountedCost[] exact = [.. counted.First.Costs.Where(cost => !IsBoot(cost))];
        Assert.NotEmpty(exact);
        Assert.Equal(exact, counted.Second.Costs.Where(cost => !IsBoot(cost)));
    }

    [SkippableFact]
    public void A_boot_costs_nearly_the_same_in_every_run()
    {
        Skip.IfNot(CountedTwice.IsRecordedBuild, OtherBuild);
        CountedCost[] boots = [.. counted.First.Costs.Where(IsBoot)];
        Assert.Equal(["boot-main", "boot-first-line", "boot-last-pong"], boots.Select(cost => cost.Name));
        Assert.All(boots.Zip(counted.Second.Costs.Where(IsBoot)), pair =>
            Assert.InRange(pair.Second.Instructions / pair.First.Instructions, 1 - BootSlack, 1 + BootSlack));
    }

    [SkippableFact]
    public void A_clock_that_instructions_drive_counts_whole_ones()
    {
        Skip.IfNot(CountedTwice.IsRecordedBuild, OtherBuild);
        Assert.All(
            counted.First.Costs.Where(cost => cost.Bytes == 0 && !cost.Name.StartsWith("look", StringComparison.Ordinal)),
            cost => Assert.Equal(Math.Round(cost.Instructions), cost.Instructions));
    }

    [Fact]
    public void Every_row_is_explained_in_the_documentation()
    {
        string explained = File.ReadAllText(CountedTwice.InRepository("docs", "benchmarks.md"));
        CostRecord recorded = CostFile.Parse(File.ReadAllText(CountedTwice.InRepository("benchmarks", "costs.json")));
        Assert.All(recorded.Costs, cost => Assert.Contains($"`{cost.Name}`", explained, StringComparison.Ordinal));
    }

    private static bool IsBoot(CountedCost cost) => cost.Name.StartsWith(BootPrefix, StringComparison.Ordinal);
}

using System.Linq;
using BenchmarkRunner.Goals;
using BenchmarkRunner.Rows;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class GoalTests
{
    private static readonly Goal s_most = new("guest, bus, 8 B one way", true, 200, " ns", Goal.Median("bus-oneway", "guest", 8, "ns"));
    private static readonly Goal s_least = new("host, queue", false, 50, " Mmsg/s", Goal.Median("queue-stream", "host", 8, "Mmsg/s"));

    [Fact]
    public void A_goal_that_is_reached_says_with_what() =>
        Assert.Equal("goal: guest, bus, 8 B one way ≤ 200 ns: met, 187 ns", s_most.Describe([Row("bus-oneway", "guest", 187)]));

    [Fact]
    public void A_goal_that_is_missed_says_by_how_much() =>
        Assert.Equal("goal: guest, bus, 8 B one way ≤ 200 ns: missed by 2.2×, 440 ns", s_most.Describe([Row("bus-oneway", "guest", 440)]));

    [Fact]
    public void Where_more_is_better_the_factor_is_turned_round() =>
        Assert.Equal(
            "goal: host, queue ≥ 50 Mmsg/s: missed by 2×, 25 Mmsg/s",
            s_least.Describe([Row("queue-stream", "host", 25) with { Metric = "Mmsg/s" }]));

    [Fact]
    public void The_limit_itself_is_enough()
    {
        Assert.True(s_most.IsMet([Row("bus-oneway", "guest", 200)]));
        Assert.True(s_least.IsMet([Row("queue-stream", "host", 50) with { Metric = "Mmsg/s" }]));
    }

    [Fact]
    public void A_goal_without_its_rows_is_neither_met_nor_missed()
    {
        Row[] others = [Row("bus-oneway", "host", 1), Row("bus-oneway", "guest", 1) with { Bytes = 64 }];
        Assert.Null(s_most.IsMet(others));
        Assert.Equal("goal: guest, bus, 8 B one way ≤ 200 ns: not measured", s_most.Describe(others));
    }

    [Fact]
    public void How_many_times_faster_needs_both_rows()
    {
        Row[] both = [Row("bus-oneway", "guest", 200), Row("mpich-oneway", "guest", 1400)];
        Assert.Equal(7, Goal.TimesFaster("bus-oneway", "mpich-oneway", "guest", 8)(both));
        Assert.Null(Goal.TimesFaster("bus-oneway", "mpich-oneway", "guest", 8)(both[..1]));
    }

    [Fact]
    public void A_ratio_is_that_of_the_row() =>
        Assert.Equal(1.2, Goal.Ratio("bus-oneway", "guest", 8)([Row("bus-oneway", "guest", 60) with { Floor = 50, Ratio = 1.2 }]));

    [Fact]
    public void A_floor_that_seems_to_be_beaten_reaches_no_goal() =>
        Assert.Null(Goal.Ratio("bus-oneway", "guest", 8)([Row("bus-oneway", "guest", 60) with { Floor = 6000, Ratio = 0.01 }]));

    [Fact]
    public void No_goal_of_the_bus_is_there_twice() =>
        Assert.Equal(BusGoals.All.Count, BusGoals.All.Select(goal => goal.Describe([])).Distinct().Count());

    private static Row Row(string name, string where, double median) =>
        new(name, where, 2, 8, "ns", median, median, median, Floor: null, Ratio: null);
}

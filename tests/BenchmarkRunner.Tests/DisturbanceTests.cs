using System;
using BenchmarkRunner.Rows;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class DisturbanceTests
{
    private static readonly Row s_floor = new("flag-oneway", "host", 2, 4, "ns", 60, 55, 75, 60, 1, 60, 60);

    [Fact]
    public void A_floor_with_a_little_spread_is_not_disturbed() => Assert.False(Disturbance.IsSeenIn(s_floor));

    [Fact]
    public void A_floor_that_was_not_quiet_in_half_of_the_cases_is()
    {
        Row floor = s_floor with { Quiet = 29 };
        Assert.True(Disturbance.IsSeenIn(floor));
        Assert.Contains("flag-oneway, 4 bytes (host, ns): quiet 29 times of 60", Disturbance.Describe(floor), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_whose_floor_was_never_quiet_is_whatever_its_values()
    {
        Row row = s_floor with { Name = "bus-oneway", Bytes = 8, Values = 15, Quiet = 0 };
        Assert.True(Disturbance.IsSeenIn(row));
        Assert.Contains("bus-oneway, 8 bytes (host, ns): its floor was never quiet", Disturbance.Describe(row), StringComparison.Ordinal);
        Assert.False(Disturbance.IsSeenIn(row with { Quiet = 1 }));
    }

    [Fact]
    public void A_cache_line_that_always_takes_as_long_as_a_turn_of_the_scheduler_is_disturbed() =>
        Assert.True(Disturbance.IsSeenIn(s_floor with { Min = 3.9e6, Median = 3.9e6, Max = 3.9e6 }));

    [Fact]
    public void A_copy_is_told_in_bandwidth_and_may_be_a_large_number() =>
        Assert.False(Disturbance.IsSeenIn(s_floor with { Name = "copy", Metric = "MB/s", Min = 9000, Median = 9100, Max = 9200, Values = 5, Quiet = 1 }));

    [Fact]
    public void Other_rows_may_vary() => Assert.False(Disturbance.IsSeenIn(s_floor with { Name = "bus-wake", Max = 1e6 }));
}

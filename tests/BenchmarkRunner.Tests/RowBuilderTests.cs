using System.Collections.Generic;
using System.Linq;
using BenchmarkRunner.Rows;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class RowBuilderTests
{
    [Fact]
    public void A_row_has_median_least_and_most_of_all_repetitions()
    {
        Row row = Assert.Single(RowBuilder.Build("guest", Samples("bus-all-to-all", 8, "Mmsg/s", 3, 1, 7)));
        Assert.Equal(new Row("bus-all-to-all", "guest", 2, 8, "Mmsg/s", 3, 1, 7, Floor: null, Ratio: null, Values: 3), row);
    }

    [Fact]
    public void The_ratio_of_a_latency_is_to_the_flag_of_the_same_program()
    {
        IReadOnlyList<Row> rows = RowBuilder.Build("host", [.. Samples("flag-oneway", 4, "ns", 50), .. Samples("bus-oneway", 8, "ns", 75)]);
        Assert.Equal((50, 1), (rows[0].Floor, rows[0].Ratio));
        Assert.Equal((50, 1.5), (rows[1].Floor, rows[1].Ratio));
    }

    [Fact]
    public void The_floor_is_the_median_of_its_quiet_repetitions()
    {
        IReadOnlyList<Row> rows =
            RowBuilder.Build("host", [.. Samples("flag-oneway", 4, "ns", 50, 5000, 52), .. Samples("bus-oneway", 8, "ns", 104)]);
        Assert.Equal(51, rows[1].Floor);
    }

    [Fact]
    public void Each_latency_is_compared_with_the_flag_before_it_and_the_ratio_is_the_median()
    {
        IReadOnlyList<Row> rows = RowBuilder.Build("host",
        [
            .. Samples("flag-oneway", 4, "ns", 50),
            .. Samples("bus-oneway", 8, "ns", 75),
            .. Samples("flag-oneway", 4, "ns", 60),
            .. Samples("bus-oneway", 8, "ns", 90),
            .. Samples("copy", 1024, "MB/s", 9999),
            .. Samples("bus-oneway", 8, "ns", 6000),
        ]);
        Assert.Equal(1.5, rows[1].Ratio);
    }

    [Fact]
    public void Only_values_with_a_quiet_floor_on_both_sides_count()
    {
        Row row = RowBuilder.Build("host",
        [
            .. Samples("flag-oneway", 4, "ns", 50),
            .. Samples("bus-stream", 8, "Mmsg/s", 20),
            .. Samples("flag-oneway", 4, "ns", 65),
            .. Samples("bus-stream", 8, "Mmsg/s", 9),
            .. Samples("flag-oneway", 4, "ns", 66),
            .. Samples("bus-stream", 8, "Mmsg/s", 8),
            .. Samples("flag-oneway", 4, "ns", 55),
            .. Samples("bus-stream", 8, "Mmsg/s", 22),
        ]).Single(row => row.Name == "bus-stream");
        Assert.Equal((21, 20, 22, 4, 2), (row.Median, row.Min, row.Max, row.Values, row.Quiet));
    }

    [Fact]
    public void A_row_whose_floor_was_never_quiet_has_all_values_and_says_so()
    {
        IReadOnlyList<Row> rows = RowBuilder.Build("host",
        [
            .. Samples("flag-oneway", 4, "ns", 50),
            .. Samples("bus-oneway", 8, "ns", 70),
            .. Samples("flag-oneway", 4, "ns", 200),
            .. Samples("bus-oneway", 8, "ns", 300),
        ]);
        Assert.Equal((185, 2, 0), (rows[1].Median, rows[1].Values, rows[1].Quiet));
        Assert.True(rows[1].IsNeverQuiet);
        Assert.Equal((50, 1), (rows[0].Median, rows[0].Quiet));
    }

    [Fact]
    public void Where_no_floor_is_measured_nothing_is_said_of_it() =>
        Assert.Null(RowBuilder.Build("guest", Samples("boot-kernel-last-pong", 0, "s", 1, 2)).Single().Quiet);

    [Fact]
    public void A_flag_of_another_language_is_a_floor_too()
    {
        IReadOnlyList<Row> rows =
            RowBuilder.Build("guest", [.. Samples("linux-flag-oneway", 4, "ns", 60), .. Samples("mpich-oneway", 8, "ns", 1200)]);
        Assert.Equal(20, rows[1].Ratio);
    }

    [Fact]
    public void The_ratio_of_a_bandwidth_is_to_a_copy_of_the_same_length_and_more_is_better()
    {
        IReadOnlyList<Row> rows = RowBuilder.Build(
            "host",
            [.. Samples("bus-stream", 1024, "Mmsg/s", 2), .. Samples("copy", 65536, "MB/s", 9999), .. Samples("copy", 1024, "MB/s", 4096)]);
        Row bandwidth = Assert.Single(rows, row => row is { Name: "bus-stream", Metric: "MB/s" });
        Assert.Equal((2048, 4096, 2), (bandwidth.Median, bandwidth.Floor, bandwidth.Ratio));
    }

    [Fact]
    public void Short_messages_are_told_in_messages_only() =>
        Assert.DoesNotContain(RowBuilder.Build("host", Samples("bus-stream", 64, "Mmsg/s", 2)), row => row.Metric == "MB/s");

    [Fact]
    public void Without_its_floor_a_row_has_no_ratio() =>
        Assert.Null(RowBuilder.Build("host", Samples("bus-oneway", 8, "ns", 75)).Single().Ratio);

    [Fact]
    public void Other_lengths_and_other_numbers_of_cores_are_other_rows()
    {
        Sample sample = new("bus-all-to-all", 3, 8, "Mmsg/s", 1);
        Assert.Equal(3, RowBuilder.Build("guest", [sample, sample with { Cores = 4 }, sample with { Bytes = 64 }, sample]).Count);
    }

    private static IReadOnlyList<Sample> Samples(string name, int bytes, string metric, params double[] values) =>
        [.. values.Select(value => new Sample(name, 2, bytes, metric, value))];
}

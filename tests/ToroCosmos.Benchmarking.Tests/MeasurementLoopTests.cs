using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using BenchmarkRunner.Rows;
using Xunit;

namespace ToroCosmos.Benchmarking.Tests;

public sealed class MeasurementLoopTests
{
    [Fact]
    public void What_is_printed_is_what_the_runner_reads()
    {
        Sample sample = Assert.Single(Run(1, "", Nothing("bus-oneway")));
        Assert.Equal(("bus-oneway", 2, 8, "ns"), (sample.Name, sample.Cores, sample.Bytes, sample.Metric));
    }

    [Fact]
    public void A_comma_of_the_language_does_not_get_into_the_lines()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Single(Run(1, "", Nothing("bus-oneway")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Measurements_take_turns_in_every_repetition() =>
        Assert.Equal(["a", "b", "a", "b"], Run(2, "", Nothing("a"), Nothing("b")).Select(sample => sample.Name));

    [Fact]
    public void The_floor_of_latencies_is_measured_right_before_each_latency() =>
        Assert.Equal(
            ["flag-oneway", "a", "flag-oneway", "b", "stream", "copy", "flag-oneway", "c"],
            Run(
                1,
                "",
                Nothing("flag-oneway") with { IsFloor = true },
                Nothing("a"),
                Nothing("b"),
                Nothing("stream") with { Metric = Metric.MillionMessagesPerSecond },
                Nothing("copy") with { IsFloor = true, Metric = Metric.MegabytesPerSecond },
                Nothing("c")).Select(sample => sample.Name));

    [Fact]
    public void A_filter_keeps_the_floors() =>
        Assert.Equal(
            ["flag-oneway", "bus-wake"],
            Run(1, "wake", Nothing("flag-oneway") with { IsFloor = true }, Nothing("bus-oneway"), Nothing("bus-wake")).Select(sample => sample.Name));

    [Fact]
    public void Floors_alone_are_not_worth_a_run() => Assert.Empty(Run(1, "wake", Nothing("flag-oneway") with { IsFloor = true }));

    [Fact]
    public void The_value_is_near_the_time_that_a_round_takes()
    {
        var slow = new Measurement("slow", 8, Metric.Nanoseconds, PerRound: 2, batches => batches.Time(rounds => Thread.Sleep(rounds)));
        double hop = Assert.Single(Run(1, "", slow)).Value;
        Assert.True(hop >= 500_000, $"a millisecond in two hops took {hop} ns each");
    }

    private static Measurement Nothing(string name) =>
        new(name, 8, Metric.Nanoseconds, PerRound: 1, batches => batches.Time(_ => { }));

    private static List<Sample> Run(int repetitions, string filter, params Measurement[] measurements)
    {
        List<string> lines = [];
        new MeasurementLoop(2, lines.Add).Run(measurements, repetitions, filter);
        return [.. lines.Select(Sample.Read).OfType<Sample>()];
    }
}

using System.Collections.Generic;
using System.Diagnostics;
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
    public void The_floor_of_latencies_is_measured_on_both_sides_of_each_value() =>
        Assert.Equal(
            ["flag-oneway", "a", "flag-oneway", "stream", "flag-oneway", "copy", "flag-oneway", "c", "flag-oneway"],
            Run(
                1,
                "",
                Timed("flag-oneway", 100) with { IsFloor = true },
                Timed("a", 100),
                Timed("stream", 100) with { Metric = Metric.MillionMessagesPerSecond },
                Timed("copy", 100) with { IsFloor = true, Metric = Metric.MegabytesPerSecond },
                Timed("c", 100)).Select(sample => sample.Name));

    [Fact]
    public void A_value_beside_a_floor_that_was_not_quiet_is_measured_again_and_not_told()
    {
        // Its floor before is quiet, the one after it is not, nor is that before its second try; the third is between two.
        double[] floors = [100, 100, 500, 100, 100];
        double[] values = [100, 150, 700, 160];
        Assert.Equal(
            ["flag-oneway 100", "a 100", "flag-oneway 100", "flag-oneway 500", "flag-oneway 100", "a 160", "flag-oneway 100"],
            Told(2, floors, values));
    }

    [Fact]
    public void A_floor_just_within_its_limit_is_quiet() =>
        Assert.Equal(["flag-oneway 100", "a 7", "flag-oneway 130"], Told(1, [100, 130], [7]));

    [Fact]
    public void A_quieter_floor_than_the_first_makes_that_one_noisy() =>
        Assert.Equal(
            ["flag-oneway 500", "flag-oneway 100", "a 8", "flag-oneway 100"],
            Told(1, [500, 100, 100], [7, 8]));

    [Fact]
    public void After_five_attempts_the_last_value_is_told() =>
        Assert.Equal(
            ["flag-oneway 100", .. Enumerable.Repeat("flag-oneway 500", 4), "a 5", "flag-oneway 500"],
            Told(1, [100, 500, 500, 500, 500, 500], [1, 2, 3, 4, 5]));

    [Fact]
    public void Attempts_end_when_they_have_taken_their_time()
    {
        // Ten seconds for each attempt after the first: two of them, and none for the next repetition.
        List<string> told = Told(2, [100, .. Enumerable.Repeat(500.0, 8)], [.. Enumerable.Repeat(1.0, 8)], secondsPerValue: 10);
        Assert.Equal(
            ["flag-oneway 100", "flag-oneway 500", "flag-oneway 500", "a 1", "flag-oneway 500", "a 1", "flag-oneway 500"], told);
    }

    [Fact]
    public void A_filter_keeps_the_floors() =>
        Assert.Equal(
            ["flag-oneway", "bus-wake", "flag-oneway"],
            Run(1, "wake", Timed("flag-oneway", 100) with { IsFloor = true }, Timed("bus-oneway", 100), Timed("bus-wake", 100)).Select(sample => sample.Name));

    [Fact]
    public void Floors_alone_are_not_worth_a_run() => Assert.Empty(Run(1, "wake", Nothing("flag-oneway") with { IsFloor = true }));

    [Fact]
    public void The_value_is_near_the_time_that_a_round_takes()
    {
        var slow = new Measurement("slow", 8, Metric.Nanoseconds, PerRound: 2, batches => batches.Time(rounds => Thread.Sleep(rounds)));
        double hop = Assert.Single(Run(1, "", slow)).Value;
        Assert.True(hop >= 500_000, $"a millisecond in two hops took {hop} ns each");
    }

    /// <summary>Runs a floor and one measurement, whose values, in ticks, are given; on a clock that only they drive.</summary>
    private static List<string> Told(int repetitions, double[] floors, double[] values, double secondsPerValue = 0)
    {
        var clock = new FakeClock();
        List<string> lines = [];
        new MeasurementLoop(2, lines.Add, () => clock.Now).Run(
            [clock.Measurement("flag-oneway", floors) with { IsFloor = true }, clock.Measurement("a", values, secondsPerValue)], repetitions, "");
        return
        [
            .. lines.Select(Sample.Read).OfType<Sample>()
                .Select(sample => $"{sample.Name} {(sample.Value * Stopwatch.Frequency / 1e9).ToString("0", CultureInfo.InvariantCulture)}"),
        ];
    }

    private static Measurement Timed(string name, int ticks) => new FakeClock().Measurement(name, [ticks]);

    private static Measurement Nothing(string name) =>
        new(name, 8, Metric.Nanoseconds, PerRound: 1, batches => batches.Time(_ => { }));

    private static List<Sample> Run(int repetitions, string filter, params Measurement[] measurements)
    {
        List<string> lines = [];
        new MeasurementLoop(2, lines.Add).Run(measurements, repetitions, filter);
        return [.. lines.Select(Sample.Read).OfType<Sample>()];
    }
}

using System;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Apic;
using Xunit;

namespace ToroCosmos.Tests.Platform;

public sealed class RateMeasurementTests
{
    private const uint TimerCounts = IntervalTimer.Hertz / 300;
    private const uint ApicCounts = 256;

    /// <summary>Reads of a sample of the timer in the fake's time: two for each look, 2 µs together.</summary>
    private const int SampleReads = 3340;

    /// <summary>Reads in which any measurement that ends by its looks has ended.</summary>
    private const int MaximumReads = 2 * RateMeasurement.MaximumStillLooks * (RateMeasurement.MaximumSamples + 1);

    [Theory]
    [InlineData(100e6)]
    [InlineData(1e9)]
    [InlineData(4.2e9)]
    [InlineData(1e6)]
    public void The_clocks_rate_is_found_by_the_timer(double hertz)
    {
        MeasuredRate rate = new FakeTime { ClockHertz = hertz }.Measure(TimerCounts, 1);

        Assert.Equal(RateStatus.Measured, rate.Status);
        AssertNear(hertz, TimestampRate.HertzOf(rate), 0.002);
    }

    [Theory]
    [InlineData(100e6, 62.5e6)]
    [InlineData(100e6, 6.25e6)]
    [InlineData(3e9, 1.5e6)]
    [InlineData(3e9, 0.1e6)]
    public void The_local_timers_rate_is_found_by_the_clock(double clockHertz, double timerHertz)
    {
        var time = new FakeTime { ClockHertz = clockHertz, CounterHertz = timerHertz, Mask = uint.MaxValue };

        MeasuredRate rate = time.Measure(ApicCounts, (ulong)(clockHertz / 1000));

        Assert.Equal(RateStatus.Measured, rate.Status);
        uint counts = LocalApicTimer.CountsIn((ulong)(clockHertz / 1000), LocalApicTimer.RateOf(rate.Counts, rate.Ticks));
        Assert.InRange(counts, (timerHertz / 1000 * 0.98) - 1, (timerHertz / 1000) + 2);
    }

    [Fact]
    public void A_stop_at_any_read_of_the_measurement_changes_no_rate()
    {
        for (int read = 1; read <= 4 * SampleReads; read += read is > 30 and < SampleReads - 40 ? 97 : 1)
        {
            MeasuredRate rate = new FakeTime().Stop(read, 0.02).Measure(TimerCounts, 1);

            Assert.Equal(RateStatus.Measured, rate.Status);
            AssertNear(100e6, TimestampRate.HertzOf(rate), 0.002);
        }
    }

    [Fact]
    public void A_stop_in_which_the_counter_wraps_changes_no_rate()
    {
        for (int read = 1; read <= SampleReads; read += 111)
        {
            MeasuredRate rate = new FakeTime().Stop(read, 0.0573).Measure(TimerCounts, 1);

            Assert.Equal(RateStatus.Measured, rate.Status);
            AssertNear(100e6, TimestampRate.HertzOf(rate), 0.002);
        }
    }

    [Fact]
    public void A_stop_that_holds_the_counter_too_changes_no_rate()
    {
        for (int read = 1; read <= SampleReads; read += 111)
        {
            MeasuredRate rate = new FakeTime { CounterStops = true }.Stop(read, 0.02).Measure(TimerCounts, 1);

            Assert.Equal(RateStatus.Measured, rate.Status);
            AssertNear(100e6, TimestampRate.HertzOf(rate), 0.002);
        }
    }

    [Fact]
    public void A_stop_never_makes_a_timed_wait_end_late()
    {
        // Stopped between the begin and the end of the local timer's first sample, wherever.
        for (int read = 1; read <= 1100; read++)
        {
            var time = new FakeTime { CounterHertz = 6.25e6, Mask = uint.MaxValue };
            MeasuredRate rate = time.Stop(read, 0.005).Measure(ApicCounts, 100_000);

            uint counts = LocalApicTimer.CountsIn(100_000, LocalApicTimer.RateOf(rate.Counts, rate.Ticks));
            Assert.InRange(counts, 6250u * 98 / 100, 6252u);
        }
    }

    [Fact]
    public void A_sample_of_many_that_is_clean_is_found()
    {
        // Six samples disturbed, each differently; the two that follow are not.
        var time = new FakeTime { CounterStops = true };
        for (int sample = 0; sample < 6; sample++)
        {
            time.Stop((sample * SampleReads) + 100, 0.001 * (6 - sample));
        }

        MeasuredRate rate = time.Measure(TimerCounts, 1);

        Assert.Equal(RateStatus.Measured, rate.Status);
        AssertNear(100e6, TimestampRate.HertzOf(rate), 0.002);
    }

    [Fact]
    public void Samples_that_are_all_disturbed_are_said_and_the_least_is_taken()
    {
        var time = new FakeTime { CounterStops = true };
        for (int sample = 0; sample < RateMeasurement.MaximumSamples + 1; sample++)
        {
            time.Stop((sample * SampleReads) + 100, 0.001 * (1 + sample));
        }

        MeasuredRate rate = time.Measure(TimerCounts, 1);

        Assert.Equal(RateStatus.Unsteady, rate.Status);
        AssertNear(130e6, TimestampRate.HertzOf(rate), 0.01);
    }

    [Fact]
    public void A_counter_that_never_moves_is_said_and_costs_bounded_time()
    {
        var time = new FakeTime { CounterHertz = 0 };

        Assert.Equal(new MeasuredRate(RateStatus.TimerStandsStill, 0, 0), time.Measure(TimerCounts, 1));
        Assert.InRange(time.Reads, 1, MaximumReads);
    }

    [Fact]
    public void A_counter_that_stops_for_ever_in_the_middle_is_said_and_costs_bounded_time()
    {
        var time = new FakeTime { CounterStopsForEverAt = 0.125 };

        Assert.Equal(RateStatus.TimerStandsStill, time.Measure(TimerCounts, 1).Status);
        Assert.InRange(time.Reads, 1, MaximumReads);
    }

    [Fact]
    public void A_clock_that_never_moves_is_said_and_costs_bounded_time()
    {
        var time = new FakeTime { ClockHertz = 0, CounterHertz = 6.25e6, Mask = uint.MaxValue };

        Assert.Equal(RateStatus.ClockStandsStill, time.Measure(ApicCounts, 100_000).Status);
        Assert.InRange(time.Reads, 1, MaximumReads);
    }

    [Fact]
    public void A_machine_that_always_stops_for_seconds_has_no_rate_but_an_assumed_one()
    {
        var time = new FakeTime { ClockHertz = 4e9 };
        for (int read = 1000; read <= 40 * SampleReads; read += 1000)
        {
            time.Stop(read, 3);
        }

        MeasuredRate rate = time.Measure(TimerCounts, 1);

        Assert.Equal(new MeasuredRate(RateStatus.Unsteady, 0, 0), rate);
        Assert.Equal(2_000_000_000ul, TimestampRate.HertzOf(rate));
        Assert.Equal(0u, LocalApicTimer.RateOf(rate.Counts, rate.Ticks));
    }

    [Fact]
    public void A_counter_that_wraps_in_a_sample_is_followed()
    {
        // 16 bits at this rate wrap every 7.3 ms: among some samples one surely has the wrap in it.
        var time = new FakeTime { CounterHertz = 9e6 };

        MeasuredRate rate = time.Measure(30_000, 1);

        Assert.Equal(RateStatus.Measured, rate.Status);
        AssertNear(100e6 / 9e6, (double)rate.Ticks / rate.Counts, 0.002);
    }

    private static void AssertNear(double expected, double actual, double share) =>
        Assert.True(Math.Abs(actual - expected) <= expected * share, $"expected about {expected}, found {actual}");
}

using System.Diagnostics;
using Xunit;

namespace ToroCosmos.Benchmarking.Tests;

public sealed class MeasurementTests
{
    [Theory]
    [InlineData(Metric.Nanoseconds, "ns", 25)]
    [InlineData(Metric.MillionMessagesPerSecond, "Mmsg/s", 40)]
    [InlineData(Metric.MegabytesPerSecond, "MB/s", 320)]
    public void Ten_rounds_of_two_messages_of_eight_bytes_in_half_a_microsecond_are(Metric metric, string unit, double value)
    {
        var measurement = new Measurement("x", 8, metric, PerRound: 2, _ => { });
        Assert.Equal(unit, measurement.Unit);
        Assert.Equal(value, measurement.Value(rounds: 10, nanoseconds: 500));
    }

    [Fact]
    public void Batches_do_as_many_rounds_as_they_tell_the_others()
    {
        int done = 0;
        var batches = new Batches(count: 7, rounds: 3);
        batches.Time(rounds => done += rounds);
        Assert.Equal(batches.AllRounds, done);
    }

    [Fact]
    public void One_batch_in_which_the_processor_was_lost_does_not_count()
    {
        long now = 0;
        int batch = 0;
        var batches = new Batches(count: 9, rounds: 1, () => now);
        batches.Time(_ => now += batch++ == 4 ? 1_000_000 : 100 + batch);
        Assert.Equal(106e9 / Stopwatch.Frequency, batches.MedianBatch(), precision: 6);
    }
}

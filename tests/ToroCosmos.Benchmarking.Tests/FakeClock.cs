using System.Diagnostics;

namespace ToroCosmos.Benchmarking.Tests;

/// <summary>A clock that only the measurements made of it drive.</summary>
internal sealed class FakeClock
{
    /// <summary>What a round takes as long as the loop only finds out how many it needs.</summary>
    private const double CalibrationTicks = 100;

    /// <summary>A value takes 20 ms, and finding out how many rounds it needs a tenth of that.</summary>
    private static readonly double s_leastRoundsOfValue = 0.015 * Stopwatch.Frequency / CalibrationTicks;

    private double _now;

    /// <summary>The time in ticks of <see cref="Stopwatch"/>.</summary>
    public long Now => (long)_now;

    /// <summary>A latency whose values are given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Ticks of a round, for each value that is measured; the last one for all further ones.</param>
    /// <param name="secondsPerValue">What passes besides with each value.</param>
    public Measurement Measurement(string name, double[] values, double secondsPerValue = 0)
    {
        int next = 0;
        return new Measurement(name, 8, Metric.Nanoseconds, PerRound: 1, batches =>
        {
            bool isValue = batches.AllRounds > s_leastRoundsOfValue;
            double ticks = isValue ? values[next] : CalibrationTicks;
            batches.Time(rounds => _now += rounds * ticks);
            if (isValue)
            {
                _now += secondsPerValue * Stopwatch.Frequency;
                next += next + 1 < values.Length ? 1 : 0;
            }
        });
    }
}

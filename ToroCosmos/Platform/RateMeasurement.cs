namespace ToroCosmos.Platform;

/// <summary>
/// Measures a counter by a clock, on a machine that may stand still in between: firmware takes the processor (SMI), or a
/// hypervisor runs another one.
/// </summary>
/// <remarks>
/// A sample reads the clock before the counter's first count and after its last, so that a stop between the two reads
/// can only add ticks. A stop elsewhere adds to both, unless the counter wraps in it, and then too the ticks are too
/// many. So of several samples the one with the fewest ticks for a count is the best, and is believed when another one
/// agrees with it.
/// </remarks>
internal static class RateMeasurement
{
    /// <summary>As many samples as are taken in any case, and the most until two agree.</summary>
    public const int MinimumSamples = 3;
    public const int MaximumSamples = 8;

    /// <summary>Looks in a row at a value that does not change before it is taken to stand still.</summary>
    public const int MaximumStillLooks = 100_000;

    /// <summary>Looks in a sample before a counter is taken for too slow, whatever it does.</summary>
    public const int MaximumLooks = 10_000_000;

    /// <summary>Measures a counter that is running.</summary>
    /// <param name="counter">The counter and the clock.</param>
    /// <param name="leastCounts">How many counts a sample has at least; below the counter's mask.</param>
    /// <param name="leastTicks">How many ticks a sample has at least.</param>
    /// <returns>The best sample; without counts when nothing could be measured.</returns>
    public static MeasuredRate Measure<TCounter>(TCounter counter, uint leastCounts, ulong leastTicks)
        where TCounter : struct, ITimedCounter
    {
        MeasuredRate best = default;
        bool agrees = false;
        for (int i = 0; i < MaximumSamples && !(agrees && i >= MinimumSamples); i++)
        {
            MeasuredRate sample = TakeSample(ref counter, leastCounts, leastTicks);
            if (sample.Status != RateStatus.Measured)
            {
                return sample;
            }

            if (sample.Ticks > uint.MaxValue)
            {
                continue;
            }

            if (best.Counts == 0)
            {
                best = sample;
            }
            else if (sample.IsFasterThan(best))
            {
                agrees = sample.AgreesWith(best);
                best = sample;
            }
            else
            {
                agrees |= best.AgreesWith(sample);
            }
        }

        return agrees ? best : new MeasuredRate(RateStatus.Unsteady, best.Ticks, best.Counts);
    }

    private static MeasuredRate TakeSample<TCounter>(ref TCounter counter, uint leastCounts, ulong leastTicks)
        where TCounter : struct, ITimedCounter
    {
        uint mask = counter.Mask;
        ulong begin = counter.ReadClock();
        uint first = counter.ReadCount();
        uint counted = 0;
        ulong ticks = 0;
        int counterStill = 0;
        int clockStill = 0;
        for (int i = 0; i < MaximumLooks; i++)
        {
            uint lastCounted = counted;
            ulong lastTicks = ticks;
            counted = (first - counter.ReadCount()) & mask;
            ticks = counter.ReadClock() - begin;
            if (counted >= leastCounts && ticks >= leastTicks && ticks != 0)
            {
                return new MeasuredRate(RateStatus.Measured, ticks, counted);
            }

            counterStill = counted == lastCounted ? counterStill + 1 : 0;
            clockStill = ticks == lastTicks ? clockStill + 1 : 0;
            if (clockStill == MaximumStillLooks)
            {
                return new MeasuredRate(RateStatus.ClockStandsStill, 0, 0);
            }

            if (counterStill == MaximumStillLooks)
            {
                break;
            }
        }

        return new MeasuredRate(RateStatus.TimerStandsStill, 0, 0);
    }
}

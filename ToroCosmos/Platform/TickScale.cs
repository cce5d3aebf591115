namespace ToroCosmos.Platform;

/// <summary>Turns times into ticks of a clock by a multiplication and a shift.</summary>
[AnyCore]
public readonly struct TickScale
{
    private const int FractionBits = 24;
    private const ulong FractionMask = (1 << FractionBits) - 1;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    private readonly ulong _ticksPerNanosecond;

    /// <param name="ticksPerSecond">Up to 200 × 10⁹.</param>
    public TickScale(ulong ticksPerSecond)
    {
        // Rounded up, as all else here, so that a wait is never shorter than asked for.
        _ticksPerNanosecond = TickMath.Divide(ticksPerSecond << FractionBits, NanosecondsPerSecond) + 1;
    }

    /// <summary>The scale of <see cref="Clock"/>.</summary>
    public static TickScale OfClock => new(Clock.TicksPerSecond);

    /// <summary>
    /// The moment so many nanoseconds from now; for 0, which is a look and no wait, 0; for <see cref="TimeLimit.None"/>,
    /// <see cref="ulong.MaxValue"/>: never.
    /// </summary>
    public ulong DeadlineAfter(ulong nanoseconds)
    {
        if (nanoseconds == 0)
        {
            return 0;
        }

        if (nanoseconds == TimeLimit.None)
        {
            return ulong.MaxValue;
        }

        ulong ticks = ToTicks(nanoseconds);
        ulong now = Clock.Now;
        return ticks > ulong.MaxValue - now ? ulong.MaxValue : now + ticks;
    }

    /// <summary>The duration in ticks, rounded up; <see cref="ulong.MaxValue"/> when there are more.</summary>
    public ulong ToTicks(ulong nanoseconds)
    {
        ulong high = (nanoseconds >> 32) * _ticksPerNanosecond;
        if (high > ulong.MaxValue >> (33 - FractionBits))
        {
            return ulong.MaxValue;
        }

        ulong low = (nanoseconds & uint.MaxValue) * _ticksPerNanosecond;
        return (high << (32 - FractionBits)) + ((low + FractionMask) >> FractionBits);
    }
}

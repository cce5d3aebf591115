using ToroCosmos.Hardware;

namespace ToroCosmos.VirtIOBus;

/// <summary>Turns nanoseconds into ticks of the clock by a multiplication and a shift.</summary>
internal readonly struct TickScale
{
    private const int FractionBits = 24;

    private readonly ulong _ticksPerNanosecond;

    /// <param name="ticksPerSecond">Up to 200 × 10⁹.</param>
    public TickScale(ulong ticksPerSecond)
    {
        // Rounded up, so that a wait is never shorter than asked for.
        _ticksPerNanosecond = (ulong)(ticksPerSecond * ((1 << FractionBits) / 1e9)) + 1;
    }

    /// <summary>The moment so many nanoseconds from now; <see cref="ulong.MaxValue"/> stays itself: never.</summary>
    public ulong DeadlineAfter(ulong nanoseconds)
    {
        if (nanoseconds == ulong.MaxValue)
        {
            return ulong.MaxValue;
        }

        ulong ticks = ToTicks(nanoseconds);
        ulong now = Clock.Now;
        return ticks > ulong.MaxValue - now ? ulong.MaxValue : now + ticks;
    }

    /// <summary>The duration in ticks; <see cref="ulong.MaxValue"/> when there are more.</summary>
    public ulong ToTicks(ulong nanoseconds)
    {
        ulong high = (nanoseconds >> 32) * _ticksPerNanosecond;
        if (high > ulong.MaxValue >> (33 - FractionBits))
        {
            return ulong.MaxValue;
        }

        ulong low = (nanoseconds & uint.MaxValue) * _ticksPerNanosecond;
        return (high << (32 - FractionBits)) + (low >> FractionBits);
    }
}

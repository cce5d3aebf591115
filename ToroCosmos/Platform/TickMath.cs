namespace ToroCosmos.Platform;

/// <summary>Arithmetic with ticks, without the 64-bit division that not every toolchain has.</summary>
internal static class TickMath
{
    /// <summary>The length of a time in ticks of <see cref="Clock"/>, rounded up.</summary>
    public static ulong FromMicroseconds(uint microseconds) => TickScale.OfClock.ToTicks(microseconds * 1000UL);

    /// <summary>An unsigned quotient, by long division bit by bit.</summary>
    /// <param name="dividend">Any value.</param>
    /// <param name="divisor">Not 0, below 2^63.</param>
    public static ulong Divide(ulong dividend, ulong divisor)
    {
        ulong quotient = 0;
        ulong remainder = 0;
        for (int bit = 63; bit >= 0; bit--)
        {
            remainder = (remainder << 1) | ((dividend >> bit) & 1);
            if (remainder >= divisor)
            {
                remainder -= divisor;
                quotient |= 1UL << bit;
            }
        }

        return quotient;
    }

    /// <summary>The value as 32 bits, the largest when it does not fit.</summary>
    public static uint Saturate(ulong value) => value > uint.MaxValue ? uint.MaxValue : (uint)value;
}

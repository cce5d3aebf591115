using System;
using System.Runtime;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// The clock behind <c>Stopwatch</c> and the bus's time-outs: the time-stamp counter, its rate found once at boot.
/// </summary>
internal static unsafe class TimeStampClock
{
    /// <summary>Its interrupt is masked. Every machine with the timer has it; not all have the gate of channel 2.</summary>
    private const byte TimerChannel = 0;

    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Bits behind the point of <see cref="s_nanosecondsPerTick"/>, so many that a second of them fits in 64 bits.</summary>
    private const int FractionBits = 34;

    private static ulong s_hertz;
    private static ulong s_nanosecondsPerTick;

    /// <summary>Finds the counter's rate.</summary>
    public static void Calibrate()
    {
        s_hertz = TimestampRate.Find(TimerChannel);
        s_nanosecondsPerTick = (NanosecondsPerSecond << FractionBits) / s_hertz;
    }

    /// <summary>The counter's value after some time.</summary>
    public static ulong Deadline(uint milliseconds)
    {
        ulong ticks = s_hertz / 1000 * milliseconds;
        ulong now = Cpu.ReadTimestamp();
        return now + ticks < now || milliseconds == uint.MaxValue ? ulong.MaxValue : now + ticks;
    }

    [RuntimeExport("ToroClockRate")]
    private static ulong Rate() => s_hertz;

    [RuntimeExport("SystemNative_GetTimestamp")]
    private static ulong Nanoseconds()
    {
        ulong high = Math.BigMul(Cpu.ReadTimestamp(), s_nanosecondsPerTick, out ulong low);
        return (high << (64 - FractionBits)) | (low >> FractionBits);
    }

    [RuntimeExport("SystemNative_GetLowResolutionTimestamp")]
    private static long Milliseconds() => (long)(Nanoseconds() / NanosecondsPerMillisecond);
}

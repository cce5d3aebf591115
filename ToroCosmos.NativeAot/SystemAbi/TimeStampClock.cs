using System.Runtime;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.SystemAbi;

/// <summary>
/// The clock behind <c>Stopwatch</c> and the bus's time-outs: the time-stamp counter, its rate found once at boot.
/// </summary>
internal static unsafe class TimeStampClock
{
    /// <summary>Its interrupt is masked. Every machine with the timer has it; not all have the gate of channel 2.</summary>
    private const byte TimerChannel = 0;

    private static ulong s_hertz;

    /// <summary>Finds the counter's rate.</summary>
    public static void Calibrate() => s_hertz = TimestampRate.Find(TimerChannel);

    /// <summary>The counter's value after some time.</summary>
    public static ulong Deadline(uint milliseconds)
    {
        ulong ticks = s_hertz / 1000 * milliseconds;
        ulong now = Cpu.ReadTimestamp();
        return now + ticks < now || milliseconds == uint.MaxValue ? ulong.MaxValue : now + ticks;
    }

    [RuntimeExport("QueryPerformanceCounter")]
    private static int Counter(ulong* value)
    {
        *value = Cpu.ReadTimestamp();
        return 1;
    }

    [RuntimeExport("QueryPerformanceFrequency")]
    private static int Frequency(ulong* value)
    {
        *value = s_hertz;
        return 1;
    }

    [RuntimeExport("GetTickCount64")]
    private static ulong TickCount() => Cpu.ReadTimestamp() / (s_hertz / 1000);
}

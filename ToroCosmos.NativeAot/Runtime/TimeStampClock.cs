using System.Runtime;
using ToroCosmos.Hardware;

namespace ToroCosmos.NativeAot.Runtime;

/// <summary>
/// The clock behind <c>Stopwatch</c> and the bus's time-outs: the time-stamp counter, its rate measured once against
/// the 8254 timer, whose rate is known.
/// </summary>
internal static unsafe class TimeStampClock
{
    private const ulong TimerHertz = 1_193_182;
    private const ushort TimerChannel0 = 0x40;
    private const ushort TimerCommand = 0x43;
    private const byte Channel0Rate = 0x34;         // both bytes, mode 2: counts down from 65,536 again and again
    private const byte Channel0Latch = 0x00;        // holds the count for the two reads that follow

    /// <summary>A measurement takes a three-hundredth of a second, and there are three.</summary>
    private const ulong Count = TimerHertz / 300;
    private const int Measurements = 3;

    /// <summary>Ticks after which a timer that does not end is taken for absent: a second of a 4 GHz counter.</summary>
    private const ulong MostTicks = 4_000_000_000;

    /// <summary>Assumed where nothing can be measured; time-outs are then only roughly as long as asked.</summary>
    private const ulong AssumedHertz = 2_000_000_000;

    private static ulong s_hertz;

    /// <summary>Measures the counter's rate.</summary>
    public static void Calibrate()
    {
        // A hypervisor may tell the rate, in kHz (the timing leaf that KVM and VMware share).
        const uint HypervisorLeaf = 0x40000000;
        const uint TimingLeaf = 0x40000010;
        bool hypervisor = (Cpu.CpuId(1).Ecx & (1u << 31)) != 0;
        if (hypervisor && Cpu.CpuId(HypervisorLeaf).Eax is >= TimingLeaf and < HypervisorLeaf + 0x100)
        {
            s_hertz = Cpu.CpuId(TimingLeaf).Eax * 1000UL;
        }

        if (s_hertz == 0)
        {
            s_hertz = Measure();
        }
    }

    /// <summary>The counter's value after some time.</summary>
    public static ulong Deadline(uint milliseconds)
    {
        ulong ticks = s_hertz / 1000 * milliseconds;
        ulong now = Cpu.ReadTimestamp();
        return now + ticks < now || milliseconds == uint.MaxValue ? ulong.MaxValue : now + ticks;
    }

    // By channel 0, whose interrupt is masked: every machine with this timer has it, not all have the gate of channel 2.
    private static ulong Measure()
    {
        Port.Write8(TimerCommand, Channel0Rate);
        Port.Write8(TimerChannel0, 0);
        Port.Write8(TimerChannel0, 0);
        ulong least = ulong.MaxValue;
        for (int i = 0; i < Measurements; i++)
        {
            ulong hertz = MeasureOnce();
            least = hertz < least ? hertz : least;
        }

        return least;
    }

    /// <summary>
    /// Reads the counter outside of the timer, so that an emulator that stands still in between can only make the rate
    /// too high: the least of several measurements is the best.
    /// </summary>
    private static ulong MeasureOnce()
    {
        ulong start = Cpu.ReadTimestamp();
        ushort first = ReadTimer();
        ulong elapsed;
        ushort counted;
        do
        {
            counted = (ushort)(first - ReadTimer());
            elapsed = Cpu.ReadTimestamp() - start;
        }
        while (counted < Count && elapsed < MostTicks);
        return counted < Count || elapsed == 0 ? AssumedHertz : elapsed * TimerHertz / counted;
    }

    private static ushort ReadTimer()
    {
        Port.Write8(TimerCommand, Channel0Latch);
        byte low = Port.Read8(TimerChannel0);
        return (ushort)(low | (Port.Read8(TimerChannel0) << 8));
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

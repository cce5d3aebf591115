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
    private const ushort TimerChannel2 = 0x42;
    private const ushort TimerCommand = 0x43;
    private const ushort SpeakerControl = 0x61;
    private const byte Channel2OneShot = 0xB0;      // both bytes, mode 0: the output rises when the count ends
    private const byte Channel2Gate = 0x01;
    private const byte SpeakerOn = 0x02;
    private const byte Channel2Output = 0x20;

    /// <summary>The measurement takes a hundredth of a second.</summary>
    private const ulong Count = TimerHertz / 100;

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

    private static ulong Measure()
    {
        byte control = Port.Read8(SpeakerControl);
        Port.Write8(SpeakerControl, (byte)((control & ~SpeakerOn) | Channel2Gate));
        Port.Write8(TimerCommand, Channel2OneShot);
        Port.Write8(TimerChannel2, (byte)(Count & 0xFF));
        Port.Write8(TimerChannel2, (byte)(Count >> 8));
        ulong start = Cpu.ReadTimestamp();
        ulong elapsed;
        do
        {
            elapsed = Cpu.ReadTimestamp() - start;
        }
        while ((Port.Read8(SpeakerControl) & Channel2Output) == 0 && elapsed < MostTicks);
        Port.Write8(SpeakerControl, control);
        ulong hertz = elapsed * TimerHertz / Count;
        return elapsed >= MostTicks || hertz == 0 ? AssumedHertz : hertz;
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

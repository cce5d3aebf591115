using ToroCosmos.Smp;

namespace ToroCosmos.Hardware;

/// <summary>
/// The rate of the time-stamp counter: what a hypervisor tells, or what is measured against the 8254 timer, whose rate is
/// known. What the toolchains' clocks are made of.
/// </summary>
public static class TimestampRate
{
    private const ulong TimerHertz = 1_193_182;
    private const ushort TimerChannel0 = 0x40;
    private const ushort TimerCommand = 0x43;

    // Commands for channel 0; a channel's number stands in the two highest bits.
    private const byte CountAgain = 0x34;           // both bytes, mode 2: counts down from 65,536 again and again
    private const byte Latch = 0x00;                // holds the count for the two reads that follow
    private const int ChannelShift = 6;

    /// <summary>A measurement takes a three-hundredth of a second, and there are three.</summary>
    private const ulong Count = TimerHertz / 300;
    private const int Measurements = 3;

    /// <summary>Ticks after which a timer that does not end is taken for absent: a second of a 4 GHz counter.</summary>
    private const ulong MostTicks = 4_000_000_000;

    /// <summary>Assumed where nothing can be measured; time-outs are then only roughly as long as asked.</summary>
    private const ulong AssumedHertz = 2_000_000_000;

    /// <summary>Finds the rate. Takes up to a hundredth of a second.</summary>
    /// <param name="channel">
    /// The channel of the timer that may be used: 0, whose interrupt must be masked, or 2, whose gate must be open.
    /// </param>
    /// <returns>Ticks in a second, never 0.</returns>
    public static ulong Find(byte channel)
    {
        ulong told = AskHypervisor();
        return told != 0 ? told : Measure(channel);
    }

    /// <summary>The timing leaf that KVM and VMware share tells the rate in kHz.</summary>
    private static ulong AskHypervisor()
    {
        const uint HypervisorLeaf = 0x40000000;
        const uint TimingLeaf = 0x40000010;
        bool hypervisor = (Cpu.CpuId(1).Ecx & (1u << 31)) != 0;
        return hypervisor && Cpu.CpuId(HypervisorLeaf).Eax is >= TimingLeaf and < HypervisorLeaf + 0x100
            ? Cpu.CpuId(TimingLeaf).Eax * 1000UL
            : 0;
    }

    private static ulong Measure(byte channel)
    {
        Port.Write8(TimerCommand, (byte)(CountAgain | (channel << ChannelShift)));
        Port.Write8((ushort)(TimerChannel0 + channel), 0);
        Port.Write8((ushort)(TimerChannel0 + channel), 0);
        ulong least = ulong.MaxValue;
        for (int i = 0; i < Measurements; i++)
        {
            ulong hertz = MeasureOnce(channel);
            least = hertz < least ? hertz : least;
        }

        return least;
    }

    /// <summary>
    /// Reads the counter outside of the timer, so that an emulator that stands still in between can only make the rate
    /// too high: the least of several measurements is the best.
    /// </summary>
    private static ulong MeasureOnce(byte channel)
    {
        ulong start = Cpu.ReadTimestamp();
        ushort first = ReadTimer(channel);
        ulong elapsed;
        ushort counted;
        do
        {
            counted = (ushort)(first - ReadTimer(channel));
            elapsed = Cpu.ReadTimestamp() - start;
        }
        while (counted < Count && elapsed < MostTicks);
        return counted < Count || elapsed == 0 ? AssumedHertz : TickMath.Divide(elapsed * TimerHertz, counted);
    }

    private static ushort ReadTimer(byte channel)
    {
        ushort port = (ushort)(TimerChannel0 + channel);
        Port.Write8(TimerCommand, (byte)(Latch | (channel << ChannelShift)));
        byte low = Port.Read8(port);
        return (ushort)(low | (Port.Read8(port) << 8));
    }
}

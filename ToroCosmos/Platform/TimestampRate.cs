using ToroCosmos.Seam;

namespace ToroCosmos.Platform;

/// <summary>
/// The rate of the time-stamp counter: what a hypervisor tells, or what is measured against the 8254 timer, whose rate is
/// known. What the toolchains' clocks are made of.
/// </summary>
public static class TimestampRate
{
    /// <summary>A sample takes a three-hundredth of a second.</summary>
    private const uint SampleCounts = IntervalTimer.Hertz / 300;

    /// <summary>Assumed where nothing can be measured; time-outs are then only roughly as long as asked.</summary>
    private const ulong AssumedHertz = 2_000_000_000;

    private const byte SpeakerChannel = 2;
    private const ushort SpeakerControl = 0x61;
    private const byte SpeakerGate = 0x01;
    private const byte SpeakerSound = 0x02;

    private static RateStatus s_status;

    /// <summary>How the rate that <see cref="Find"/> found is known. Where it is not, it is assumed.</summary>
    public static RateStatus Status => s_status;

    /// <summary>Finds the rate. Takes a hundredth of a second, or up to three where the machine is disturbed.</summary>
    /// <param name="channel">
    /// The channel of the timer that may be used: 0, whose interrupt must be masked, or 2, whose gate must be open.
    /// </param>
    /// <returns>Ticks in a second, never 0.</returns>
    public static ulong Find(byte channel)
    {
        ulong told = AskHypervisor();
        if (told != 0)
        {
            s_status = RateStatus.Told;
            return told;
        }

        MeasuredRate rate = RateMeasurement.Measure(new IntervalTimer(channel), SampleCounts, 1);
        s_status = rate.Status;
        return HertzOf(rate);
    }

    /// <summary>
    /// As <see cref="Find"/>, by the speaker's channel, without a sound: where channel 0 belongs to the kernel that the
    /// toolchain brings.
    /// </summary>
    /// <returns>Ticks in a second, never 0.</returns>
    public static ulong FindBySpeakerChannel()
    {
        byte control = (byte)(Port.Read8(SpeakerControl) & ~(SpeakerGate | SpeakerSound));
        Port.Write8(SpeakerControl, (byte)(control | SpeakerGate));
        ulong hertz = Find(SpeakerChannel);
        Port.Write8(SpeakerControl, control);
        return hertz;
    }

    /// <summary>Ticks in a second, by the timer.</summary>
    internal static ulong HertzOf(in MeasuredRate rate)
    {
        ulong hertz = rate.Counts == 0 ? 0 : TickMath.Divide(rate.Ticks * IntervalTimer.Hertz, rate.Counts);
        return hertz == 0 ? AssumedHertz : hertz;
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
}

using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Smp.Apic;

/// <summary>
/// The one-shot timer of each core's local APIC (Intel SDM 3A, APIC Timer). It ends a halt: its interrupt is
/// <see cref="Interrupts.WakeVector"/>, or what the runtime's threads chose.
/// </summary>
[AnyCore]
public static class LocalApicTimer
{
    private const int VectorRegister = 0x320;
    private const int InitialCountRegister = 0x380;
    private const int CurrentCountRegister = 0x390;
    private const int DivideRegister = 0x3E0;

    private const uint DivideBy16 = 3;
    private const uint Masked = 1 << 16;
    private const int RateShift = 20;

    /// <summary>A sample takes a millisecond, or longer where the timer counts slowly.</summary>
    private const uint SampleMicroseconds = 1000;
    private const uint SampleCounts = 256;

    /// <summary>Counts of the timer in 2^20 ticks of the clock; 0 when the timer does not count.</summary>
    private static uint s_rate;
    private static RateStatus s_status;
    private static uint s_vector = Interrupts.WakeVector;

    /// <summary>Whether this machine's timer can be used.</summary>
    public static bool IsUsable => s_rate != 0;

    /// <summary>How the timer's rate is known.</summary>
    public static RateStatus Status => s_status;

    /// <summary>The interrupt of timers that are armed from now on.</summary>
    internal static byte Vector
    {
        get => (byte)s_vector;
        set => s_vector = value;
    }

    /// <summary>
    /// Interrupts this core once, after a time. Replaces what was armed before, by a sleep of this core too. A long time may
    /// be cut short.
    /// </summary>
    /// <param name="ticks">In ticks of <see cref="Clock"/>; 0 interrupts at once.</param>
    public static void Arm(ulong ticks)
    {
        LocalApic.Write(DivideRegister, DivideBy16);
        LocalApic.Write(VectorRegister, s_vector);
        LocalApic.Write(InitialCountRegister, CountsIn(ticks, s_rate));
    }

    /// <summary>Whether this core's timer was armed and has not interrupted it since.</summary>
    public static bool IsRunning() => LocalApic.Read(CurrentCountRegister) != 0;

    /// <summary>Measures the timer against the clock, for a few milliseconds. Timers of all cores run alike.</summary>
    internal static void Calibrate()
    {
        LocalApic.Write(DivideRegister, DivideBy16);
        LocalApic.Write(VectorRegister, Masked);
        LocalApic.Write(InitialCountRegister, uint.MaxValue);
        MeasuredRate rate = RateMeasurement.Measure(default(Counter), SampleCounts, TickMath.FromMicroseconds(SampleMicroseconds));
        LocalApic.Write(InitialCountRegister, 0);
        s_status = rate.Status;
        s_rate = RateOf(rate.Counts, rate.Ticks);
    }

    /// <summary>Counts in 2^20 ticks.</summary>
    internal static uint RateOf(uint counted, ulong ticks) =>
        ticks == 0 ? 0 : TickMath.Saturate(TickMath.Divide((ulong)counted << RateShift, ticks));

    /// <summary>The count to begin with, so that it ends after a time: less than two counts from it either way.</summary>
    internal static uint CountsIn(ulong ticks, uint rate) =>
        TickMath.Saturate(((ulong)TickMath.Saturate(ticks) * rate >> RateShift) + 1);

    private readonly struct Counter : ITimedCounter
    {
        public uint Mask => uint.MaxValue;

        public uint ReadCount() => LocalApic.Read(CurrentCountRegister);

        public ulong ReadClock() => Clock.Now;
    }
}

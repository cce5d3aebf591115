using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Smp.Apic;

/// <summary>
/// The one-shot timer of each core's local APIC (Intel SDM 3A, APIC Timer). It ends a halt: its interrupt is
/// <see cref="Interrupts.WakeVector"/>, or what the runtime's threads chose.
/// </summary>
/// <remarks>
/// The boot core's may belong to a scheduler (<see cref="Interrupts.IsLocalApicTaken"/>) and is then left to it: what ends a
/// halt is the scheduler's own interrupt.
/// </remarks>
[AnyCore]
public static class LocalApicTimer
{
    private const int VectorRegister = 0x320;
    private const int InitialCountRegister = 0x380;
    private const int CurrentCountRegister = 0x390;
    private const int DivideRegister = 0x3E0;

    private const uint DivideBy16 = 3;
    private const int DivideBy16Shift = 4;
    private const uint Masked = 1 << 16;
    private const int RateShift = 20;

    /// <summary>A sample takes a millisecond, or longer where the timer counts slowly.</summary>
    private const uint SampleMicroseconds = 1000;
    private const uint SampleCounts = 256;

    /// <summary>Counts of the timer in 2^20 ticks of the clock; 0 when the timer does not count.</summary>
    private static uint s_rate;
    private static RateStatus s_status;

    private static bool s_isTaken;

    /// <summary>0 for <see cref="Interrupts.WakeVector"/>.</summary>
    private static byte s_vector;

    /// <summary>Whether this machine's timer can be used.</summary>
    public static bool IsUsable => s_rate != 0;

    /// <summary>How the timer's rate is known.</summary>
    public static RateStatus Status => s_status;

    /// <summary>The interrupt of timers that are armed from now on.</summary>
    internal static byte Vector
    {
        get => s_vector == 0 ? Interrupts.WakeVector : s_vector;
        set => s_vector = value;
    }

    /// <summary>
    /// Interrupts this core once, after a time. Replaces what was armed before, by a sleep of this core too. A long time may
    /// be cut short. Does nothing where the timer belongs to a scheduler.
    /// </summary>
    /// <param name="ticks">In ticks of <see cref="Clock"/>; 0 interrupts at once.</param>
    public static void Arm(ulong ticks)
    {
        if (IsTaken())
        {
            return;
        }

        LocalApic.Write(DivideRegister, DivideBy16);
        LocalApic.Write(VectorRegister, Vector);
        LocalApic.Write(InitialCountRegister, CountsIn(ticks, s_rate));
    }

    /// <summary>Whether this core's timer was armed and has not interrupted it since.</summary>
    public static bool IsRunning() => LocalApic.Read(CurrentCountRegister) != 0;

    /// <summary>
    /// Whether this core's halt can be ended within a time: a scheduler's timer interrupts when it is to, and not sooner.
    /// </summary>
    /// <param name="ticks">In ticks of <see cref="Clock"/>.</param>
    public static bool CanEndHaltIn(ulong ticks) => IsUsable && (!IsTaken() || ticks >= TicksToInterrupt());

    /// <summary>
    /// Measures the timer against the clock, for a few milliseconds, in which a scheduler has to do without it. Timers of
    /// all cores run alike.
    /// </summary>
    internal static void Calibrate()
    {
        bool isTaken = Interrupts.IsLocalApicTaken();
        uint vector = LocalApic.Read(VectorRegister);
        uint count = LocalApic.Read(InitialCountRegister);
        uint divide = LocalApic.Read(DivideRegister);
        LocalApic.Write(DivideRegister, DivideBy16);
        LocalApic.Write(VectorRegister, Masked);
        LocalApic.Write(InitialCountRegister, uint.MaxValue);
        MeasuredRate rate = RateMeasurement.Measure(default(Counter), SampleCounts, TickMath.FromMicroseconds(SampleMicroseconds));
        LocalApic.Write(InitialCountRegister, 0);
        s_status = rate.Status;
        s_rate = RateOf(rate.Counts, rate.Ticks);
        if (isTaken)
        {
            s_isTaken = true;
            LocalApic.Write(DivideRegister, divide);
            LocalApic.Write(VectorRegister, vector);
            LocalApic.Write(InitialCountRegister, count);
        }
    }

    /// <summary>Whether the timer of the core that runs this belongs to a scheduler.</summary>
    private static bool IsTaken() => s_isTaken && Cpu.CurrentCore() == 0;

    /// <summary>Until the next interrupt of a scheduler's timer; as many as there are when none will come.</summary>
    private static ulong TicksToInterrupt()
    {
        uint left = LocalApic.Read(CurrentCountRegister);
        return left == 0 || (LocalApic.Read(VectorRegister) & Masked) != 0
            ? ulong.MaxValue
            : TicksIn(left, LocalApic.Read(DivideRegister), s_rate);
    }

    /// <summary>Counts in 2^20 ticks.</summary>
    internal static uint RateOf(uint counted, ulong ticks) =>
        ticks == 0 ? 0 : TickMath.Saturate(TickMath.Divide((ulong)counted << RateShift, ticks));

    /// <summary>The count to begin with, so that it ends after a time: less than two counts from it either way.</summary>
    internal static uint CountsIn(ulong ticks, uint rate) =>
        TickMath.Saturate(((ulong)TickMath.Saturate(ticks) * rate >> RateShift) + 1);

    /// <summary>Ticks of the clock that a timer takes for some counts; at least 1, and as many as there are without a rate.</summary>
    /// <param name="counts">How many.</param>
    /// <param name="divide">Its divide configuration register: bits 0, 1 and 3 (Intel SDM 3A, APIC Timer).</param>
    /// <param name="rate">As <see cref="RateOf"/> gives it, of a timer that divides by 16.</param>
    internal static ulong TicksIn(uint counts, uint divide, uint rate)
    {
        int shift = (int)((((divide & 3) | ((divide & 8) >> 1)) + 1) & 7);
        return rate == 0 ? ulong.MaxValue : TickMath.Divide(((ulong)counts << shift >> DivideBy16Shift) << RateShift, rate) + 1;
    }

    private readonly struct Counter : ITimedCounter
    {
        public uint Mask => uint.MaxValue;

        public uint ReadCount() => LocalApic.Read(CurrentCountRegister);

        public ulong ReadClock() => Clock.Now;
    }
}

using ToroCosmos.Hardware;

namespace ToroCosmos.Smp;

/// <summary>
/// The one-shot timer of each core's local APIC (Intel SDM 3A, APIC Timer). It ends a halt: its interrupt is
/// <see cref="Interrupts.WakeVector"/>.
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
    private const uint CalibrationMicroseconds = 1000;

    /// <summary>Counts of the timer in 2^20 ticks of the clock; 0 when the timer does not count.</summary>
    private static uint s_rate;

    /// <summary>Whether this machine's timer can be used.</summary>
    public static bool IsUsable => s_rate != 0;

    /// <summary>
    /// Interrupts this core once, after a time. Replaces what was armed before. A long time may be cut short.
    /// </summary>
    /// <param name="ticks">In ticks of <see cref="Clock"/>; 0 interrupts at once.</param>
    public static void Arm(ulong ticks)
    {
        // The product of two 32-bit numbers fits; one count more never fires early.
        ulong counts = ((ulong)TickMath.Saturate(ticks) * s_rate >> RateShift) + 1;
        LocalApic.Write(DivideRegister, DivideBy16);
        LocalApic.Write(VectorRegister, Interrupts.WakeVector);
        LocalApic.Write(InitialCountRegister, TickMath.Saturate(counts));
    }

    /// <summary>Stops this core's timer. An interrupt that is already on its way still arrives.</summary>
    public static void Disarm() => LocalApic.Write(InitialCountRegister, 0);

    /// <summary>Measures the timer against the clock, for about a millisecond. Timers of all cores run alike.</summary>
    internal static void Calibrate()
    {
        LocalApic.Write(DivideRegister, DivideBy16);
        LocalApic.Write(VectorRegister, Masked);
        LocalApic.Write(InitialCountRegister, uint.MaxValue);
        ulong begin = Clock.Now;
        ulong length = TickMath.FromMicroseconds(CalibrationMicroseconds);
        while (Clock.Now - begin < length)
        {
            Cpu.Pause();
        }

        uint counted = uint.MaxValue - LocalApic.Read(CurrentCountRegister);
        ulong ticks = Clock.Now - begin;
        LocalApic.Write(InitialCountRegister, 0);
        s_rate = RateOf(counted, ticks);
    }

    /// <summary>Counts in 2^20 ticks.</summary>
    internal static uint RateOf(uint counted, ulong ticks) =>
        ticks == 0 ? 0 : TickMath.Saturate(TickMath.Divide((ulong)counted << RateShift, ticks));
}

using ToroCosmos.Hardware;

namespace ToroCosmos.Smp;

/// <summary>
/// The kernel's sleep: the core halts with interrupts enabled; another core's interrupt, or this core's timer, ends it.
/// An interrupt that arrives after <see cref="Begin"/> stays pending until the halt, so that none is lost.
/// </summary>
[AnyCore]
public sealed class HaltSleep : CoreSleep
{
    /// <inheritdoc/>
    public override void Begin() => Cpu.DisableInterrupts();

    /// <inheritdoc/>
    /// <remarks>On a machine without a usable timer it returns at once when there is a deadline.</remarks>
    public override void Sleep(ulong deadline)
    {
        if (deadline == ulong.MaxValue)
        {
            Cpu.EnableInterruptsAndHalt();
            return;
        }

        ulong now = Clock.Now;
        if (now >= deadline || !LocalApicTimer.IsUsable)
        {
            Cpu.EnableInterrupts();
            Cpu.Pause();
            return;
        }

        LocalApicTimer.Arm(deadline - now);
        Cpu.EnableInterruptsAndHalt();
        LocalApicTimer.Disarm();
    }

    /// <inheritdoc/>
    public override void Cancel() => Cpu.EnableInterrupts();

    /// <inheritdoc/>
    public override void Wake(int core) => Cores.SendInterrupt(core, Interrupts.WakeVector);
}

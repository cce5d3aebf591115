using ToroCosmos.Seam;
using ToroCosmos.Smp.Apic;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp;

/// <summary>The machine's cores.</summary>
[AnyCore]
internal sealed class MachineSleepPort : SleepPort
{
    public override int Core => Cpu.CurrentCore();

    public override bool HasTimer => LocalApicTimer.IsUsable;

    public override bool CanEndHaltIn(ulong ticks) => LocalApicTimer.CanEndHaltIn(ticks);

    public override bool AreInterruptsEnabled() => Cpu.AreInterruptsEnabled();

    public override void DisableInterrupts() => Cpu.DisableInterrupts();

    public override void EnableInterrupts() => Cpu.EnableInterrupts();

    public override void EnableInterruptsAndHalt() => Cpu.EnableInterruptsAndHalt();

    public override void Arm(ulong ticks) => LocalApicTimer.Arm(ticks);

    public override bool IsTimerRunning() => LocalApicTimer.IsRunning();

    public override bool TryPark(ulong deadline) => Scheduling.TryPark(deadline);

    public override bool TryLend() => Scheduling.TryLend();

    public override bool TryInterrupt(int core) => Cores.Send(core, Interrupts.WakeVector) != SendStatus.NotTaken;
}

using ToroCosmos.Seam;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp;

/// <summary>
/// How a processor that has risen sleeps until the boot core decides about it. It keeps nothing by the core's number:
/// when it was given up before, another processor has that number too.
/// </summary>
[AnyCore]
internal sealed class RisingSleep : CoreSleep
{
    public override bool HasTimer => false;

    public override void Begin() => Cpu.DisableInterrupts();

    public override void Sleep(ulong deadline)
    {
        Cpu.EnableInterruptsAndHalt();
        Cpu.DisableInterrupts();
    }

    public override void Cancel()
    {
    }

    public override void Wake(int core) => Cores.SendInterrupt(core, Interrupts.WakeVector);
}

using System.Threading;
using ToroCosmos.Smp.Startup;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp;

/// <summary>Boot core: waiting until another core has finished what it was given.</summary>
internal sealed unsafe class IdleCore(CoreSlot* slot) : WaitSource(BootCore)
{
    private const int BootCore = 0;

    private readonly CoreSlot* _slot = slot;

    public override bool HasNews() => !CoreMailbox.IsBusy(_slot);

    public override void RequestWakeUp() => Volatile.Write(ref _slot->BootAsleep, 1);

    public override void SuppressWakeUps() => Volatile.Write(ref _slot->BootAsleep, 0);
}

using ToroCosmos.Seam;

namespace ToroCosmos.VirtIOBus;

/// <summary>The cores of the running machine.</summary>
[AnyCore]
internal sealed class MachineCallingCore : CallingCore
{
    /// <inheritdoc/>
    public override bool Is(int core) => Cpu.CurrentCore() == core;
}

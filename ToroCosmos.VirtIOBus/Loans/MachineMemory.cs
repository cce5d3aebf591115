using ToroCosmos.Seam;

namespace ToroCosmos.VirtIOBus.Loans;

/// <summary>The memory of the running machine: cores may lend each other whatever they can read.</summary>
public sealed unsafe class MachineMemory : LendableMemory
{
    /// <inheritdoc/>
    public override bool Contains(byte* memory, uint bytes) => PhysicalMemory.IsReadable(memory, bytes);
}

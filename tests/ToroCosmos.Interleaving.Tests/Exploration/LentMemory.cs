using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>The memory beside the bus is what may be lent.</summary>
internal sealed unsafe class LentMemory(BusMemory memory) : LendableMemory
{
    public override bool Contains(byte* address, uint bytes) =>
        address >= memory.Lent && memory.Contains(address) && memory.Contains(address + bytes - 1);
}

using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.Mpi.Tests;

/// <summary>The memory of a process, all of which its threads can read.</summary>
internal sealed unsafe class AllMemory : LendableMemory
{
    public override bool Contains(byte* memory, uint bytes) => memory != null;
}

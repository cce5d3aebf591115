using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.HostBenchmarks.Subjects;

/// <summary>The memory of this process: its threads trust each other.</summary>
internal sealed unsafe class ProcessMemory : LendableMemory
{
    public override bool Contains(byte* memory, uint bytes) => true;
}

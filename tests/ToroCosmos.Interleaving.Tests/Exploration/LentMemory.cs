using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>One piece of memory is what may be lent.</summary>
internal sealed unsafe class LentMemory : LendableMemory
{
    private byte* _start;
    private uint _bytes;

    public void LieIn(byte* start, uint bytes)
    {
        _start = start;
        _bytes = bytes;
    }

    public override bool Contains(byte* address, uint bytes) =>
        address >= _start && bytes <= _bytes && address - _start <= _bytes - bytes;
}

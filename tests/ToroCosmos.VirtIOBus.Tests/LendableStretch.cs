using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>One stretch of memory that may be lent, and no other.</summary>
internal sealed unsafe class LendableStretch(byte* start, nuint length) : LendableMemory
{
    private readonly ulong _start = (ulong)start;
    private readonly ulong _length = length;

    public override bool Contains(byte* memory, uint bytes) =>
        (ulong)memory - _start <= _length && bytes <= _length - ((ulong)memory - _start);
}

namespace ToroCosmos.Memory;

/// <summary>A contiguous part of a <see cref="DmaPool"/>, and what is noted of its blocks.</summary>
internal sealed unsafe class DmaRegion
{
    private const byte InUse = 0x80;

    private readonly DmaMemory _memory;

    // At each block's beginning its order + 1, with the bit InUse where it is; 0 elsewhere.
    private readonly byte[] _blocks;

    /// <summary>Makes one free block of the memory.</summary>
    /// <param name="memory">The memory, of <paramref name="order"/>.</param>
    /// <param name="order">How often the smallest block has to be doubled.</param>
    /// <param name="next">The pool's other regions.</param>
    public DmaRegion(DmaMemory memory, int order, DmaRegion? next)
    {
        _memory = memory;
        _blocks = new byte[1 << order];
        _blocks[0] = (byte)(order + 1);
        Next = next;
    }

    /// <summary>The pool's other regions.</summary>
    public DmaRegion? Next { get; }

    /// <summary>Takes a block, from the smallest free one that holds it.</summary>
    public bool TryAllocate(int order, uint bytes, out DmaMemory memory)
    {
        memory = default;
        int best = -1;
        int bestOrder = int.MaxValue;
        for (int at = 0; at < _blocks.Length; at += 1 << OrderAt(at))
        {
            if ((_blocks[at] & InUse) == 0 && OrderAt(at) >= order && OrderAt(at) < bestOrder)
            {
                best = at;
                bestOrder = OrderAt(at);
            }
        }

        if (best < 0)
        {
            return false;
        }

        while (bestOrder > order)
        {
            bestOrder--;
            _blocks[best + (1 << bestOrder)] = (byte)(bestOrder + 1);
        }

        _blocks[best] = (byte)((order + 1) | InUse);
        memory = _memory.Part((uint)best * DmaPool.SmallestBytes, bytes);
        MemoryCopy.Clear(memory.Start, bytes);
        return true;
    }

    /// <summary>Frees a block and joins it with its other half, as often as that is free.</summary>
    public bool TryFree(int order, DmaMemory memory)
    {
        nuint offset = (nuint)memory.Start - (nuint)_memory.Start;
        if (offset >= _memory.Bytes || (offset & (DmaPool.SmallestBytes - 1)) != 0)
        {
            return false;
        }

        int at = (int)((uint)offset / DmaPool.SmallestBytes);
        if (_blocks[at] != ((order + 1) | InUse) || memory.Address != _memory.Address + offset)
        {
            return false;
        }

        int other = at ^ (1 << order);
        while (other < _blocks.Length && _blocks[other] == order + 1)
        {
            _blocks[at | other] = 0;
            _blocks[at & other] = 0;
            at &= other;
            order++;
            other = at ^ (1 << order);
        }

        _blocks[at] = (byte)(order + 1);
        return true;
    }

    private int OrderAt(int at) => (_blocks[at] & ~InUse) - 1;
}

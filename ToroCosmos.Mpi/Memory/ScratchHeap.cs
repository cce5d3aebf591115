namespace ToroCosmos.Mpi.Memory;

/// <summary>
/// Memory for a while, from one stretch: the first block that is large enough. Blocks lie one behind the other, each with
/// its length before it; free neighbours become one when a search comes by.
/// </summary>
internal unsafe struct ScratchHeap
{
    /// <summary>What a block takes besides its own length, at most.</summary>
    public const uint Overhead = HeaderBytes + Alignment;

    private const uint HeaderBytes = 16;
    private const uint Alignment = 16;

    private byte* _start;
    private byte* _end;

    /// <summary>Whether no block is in use.</summary>
    public bool IsEmpty
    {
        get
        {
            for (byte* block = _start; block < _end; block += LengthOf(block))
            {
                if (IsUsed(block))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Takes over a stretch of memory with any content.</summary>
    public void Initialize(byte* memory, uint bytes)
    {
        uint skip = (uint)(0 - (nint)memory) & (Alignment - 1);
        if (bytes < skip + HeaderBytes)
        {
            _start = null;
            _end = null;
            return;
        }

        _start = memory + skip;
        uint length = (bytes - skip) & ~(Alignment - 1);
        _end = _start + length;
        Set(_start, length, false);
    }

    /// <summary>A block; null when none is large enough.</summary>
    public readonly byte* Allocate(uint bytes)
    {
        if (bytes > int.MaxValue)
        {
            return null;
        }

        uint needed = HeaderBytes + ((bytes + Alignment - 1) & ~(Alignment - 1));
        byte* block = _start;
        while (block < _end)
        {
            uint length = LengthOf(block);
            if (!IsUsed(block))
            {
                byte* next = block + length;
                while (next < _end && !IsUsed(next))
                {
                    length += LengthOf(next);
                    next = block + length;
                }

                if (length >= needed)
                {
                    if (length - needed >= 2 * HeaderBytes)
                    {
                        Set(block + needed, length - needed, false);
                        length = needed;
                    }

                    Set(block, length, true);
                    return block + HeaderBytes;
                }

                Set(block, length, false);
            }

            block += length;
        }

        return null;
    }

    /// <summary>Gives a block back.</summary>
    public static void Free(byte* memory)
    {
        byte* block = memory - HeaderBytes;
        Set(block, LengthOf(block), false);
    }

    private static uint LengthOf(byte* block) => *(uint*)block;

    private static bool IsUsed(byte* block) => ((uint*)block)[1] != 0;

    private static void Set(byte* block, uint length, bool isUsed)
    {
        *(uint*)block = length;
        ((uint*)block)[1] = isUsed ? 1u : 0u;
    }
}

using System.Numerics;
using System.Runtime;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>
/// The C library's heap, which the class library uses for what is no object. Blocks have sizes of powers of two; a
/// freed one is used again for the same size.
/// </summary>
internal static unsafe class NativeHeap
{
    private const int SmallestClass = 5;
    private const int LargestClass = 40;

    /// <summary>
    /// In front of each block, keeping it aligned to 16 bytes: the exponent of its size, and how far what the caller has
    /// lies behind the block's own beginning.
    /// </summary>
    private const ulong HeaderSize = 16;
    private const int OffsetBehindHeader = -8;

    private static SpinLock s_lock;
    private static FreeLists s_free;

    [System.Runtime.CompilerServices.InlineArray(LargestClass + 1)]
    private struct FreeLists
    {
        private nint _first;
    }

    [RuntimeExport("malloc")]
    public static byte* Allocate(ulong bytes)
    {
        if (bytes > 1UL << (LargestClass - 1))
        {
            return null;
        }

        int size = BitOperations.Log2((bytes + HeaderSize - 1) | 1) + 1;
        size = size < SmallestClass ? SmallestClass : size;
        s_lock.Enter();
        byte* block = (byte*)s_free[size];
        if (block != null)
        {
            s_free[size] = *(nint*)(block + HeaderSize);
        }

        s_lock.Exit();
        block = block == null ? FrameAllocator.Allocate(1UL << size, HeaderSize) : block;
        if (block == null)
        {
            return null;
        }

        *(int*)block = size;
        *(int*)(block + HeaderSize + OffsetBehindHeader) = 0;
        return block + HeaderSize;
    }

    /// <summary>Allocates memory whose address is a multiple of a power of two.</summary>
    [RuntimeExport("aligned_alloc")]
    public static byte* AllocateAligned(ulong alignment, ulong bytes)
    {
        byte* memory = bytes + alignment < bytes ? null : Allocate(bytes + alignment);
        if (memory == null)
        {
            return null;
        }

        byte* aligned = (byte*)(((ulong)memory + alignment - 1) & ~(alignment - 1));
        if (aligned != memory)
        {
            *(int*)(aligned + OffsetBehindHeader) = (int)(aligned - memory);
        }

        return aligned;
    }

    [RuntimeExport("calloc")]
    public static byte* AllocateCleared(ulong count, ulong size)
    {
        if (size != 0 && count > ulong.MaxValue / size)
        {
            return null;
        }

        byte* memory = Allocate(count * size);
        for (ulong i = 0; memory != null && i < count * size; i++)
        {
            memory[i] = 0;
        }

        return memory;
    }

    [RuntimeExport("realloc")]
    public static byte* Reallocate(byte* memory, ulong bytes)
    {
        return Move(memory, Allocate(bytes), bytes);
    }

    /// <summary>The same for memory of <see cref="AllocateAligned"/>.</summary>
    public static byte* ReallocateAligned(byte* memory, ulong alignment, ulong bytes) =>
        Move(memory, AllocateAligned(alignment, bytes), bytes);

    [RuntimeExport("free")]
    public static void Free(byte* memory)
    {
        if (memory == null)
        {
            return;
        }

        byte* block = BlockOf(memory);
        int size = *(int*)block;
        s_lock.Enter();
        *(nint*)(block + HeaderSize) = s_free[size];
        s_free[size] = (nint)block;
        s_lock.Exit();
    }

    private static byte* BlockOf(byte* memory) => memory - *(int*)(memory + OffsetBehindHeader) - HeaderSize;

    /// <summary>Copies into a new block, when there is one, and frees the old one.</summary>
    private static byte* Move(byte* memory, byte* larger, ulong bytes)
    {
        if (memory == null || larger == null)
        {
            return larger;
        }

        byte* block = BlockOf(memory);
        ulong old = (1UL << *(int*)block) - (ulong)(memory - block);
        for (ulong i = 0; i < old && i < bytes; i++)
        {
            larger[i] = memory[i];
        }

        Free(memory);
        return larger;
    }
}

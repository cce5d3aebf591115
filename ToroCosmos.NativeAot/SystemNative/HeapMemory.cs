using System.Runtime;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary><c>NativeMemory</c> and <c>Marshal.AllocHGlobal</c>: the heap of C code.</summary>
internal static unsafe class HeapMemory
{
    /// <summary>In front of an aligned block stands where the block begins that it is cut from, and its size.</summary>
    private const ulong AlignedHeader = 16;

    [RuntimeExport("SystemNative_Malloc")]
    private static byte* Allocate(ulong bytes) => NativeHeap.Allocate(bytes);

    [RuntimeExport("SystemNative_Calloc")]
    private static byte* AllocateCleared(ulong count, ulong size) => NativeHeap.AllocateCleared(count, size);

    [RuntimeExport("SystemNative_Realloc")]
    private static byte* Reallocate(byte* memory, ulong bytes) => NativeHeap.Reallocate(memory, bytes);

    [RuntimeExport("SystemNative_Free")]
    private static void Free(byte* memory) => NativeHeap.Free(memory);

    /// <param name="alignment">A power of two, which the class library has checked.</param>
    [RuntimeExport("SystemNative_AlignedAlloc")]
    private static byte* AllocateAligned(ulong alignment, ulong bytes)
    {
        ulong room = bytes + alignment + AlignedHeader;
        byte* block = room < bytes ? null : NativeHeap.Allocate(room);
        if (block == null)
        {
            return null;
        }

        byte* memory = (byte*)(((ulong)block + AlignedHeader + alignment - 1) & ~(alignment - 1));
        ((byte**)memory)[-1] = block;
        ((ulong*)memory)[-2] = bytes;
        return memory;
    }

    [RuntimeExport("SystemNative_AlignedFree")]
    private static void FreeAligned(byte* memory)
    {
        if (memory != null)
        {
            NativeHeap.Free(((byte**)memory)[-1]);
        }
    }

    [RuntimeExport("SystemNative_AlignedRealloc")]
    private static byte* ReallocateAligned(byte* memory, ulong alignment, ulong bytes)
    {
        byte* larger = AllocateAligned(alignment, bytes);
        if (memory == null || larger == null)
        {
            return larger;
        }

        ulong old = ((ulong*)memory)[-2];
        for (ulong i = 0; i < old && i < bytes; i++)
        {
            larger[i] = memory[i];
        }

        FreeAligned(memory);
        return larger;
    }
}

using System.Runtime;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary><c>NativeMemory</c> and <c>Marshal.AllocHGlobal</c>: the heap of C code.</summary>
internal static unsafe class HeapMemory
{
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
    private static byte* AllocateAligned(ulong alignment, ulong bytes) => NativeHeap.AllocateAligned(alignment, bytes);

    [RuntimeExport("SystemNative_AlignedFree")]
    private static void FreeAligned(byte* memory) => NativeHeap.Free(memory);

    [RuntimeExport("SystemNative_AlignedRealloc")]
    private static byte* ReallocateAligned(byte* memory, ulong alignment, ulong bytes) =>
        NativeHeap.ReallocateAligned(memory, alignment, bytes);
}

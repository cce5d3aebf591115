using System;
using Cosmos.Core.Memory;
using IL2CPU.API.Attribs;

namespace ToroCosmos.Plugs;

/// <summary>
/// Cosmos' heap, for several cores: compiled code, <c>NativeMemory</c> and the drivers all come here. What is below, the
/// page table and the heaps of each size, has no lock of its own.
/// </summary>
[Plug(Target = typeof(Heap))]
public static unsafe class HeapPlugs
{
    /// <summary>See <see cref="Heap.Alloc"/>.</summary>
    public static byte* Alloc(uint aSize) => KernelHeap.Allocate(aSize);

    /// <summary>See <see cref="Heap.Realloc"/>.</summary>
    public static byte* Realloc(byte* aPtr, uint newSize) => KernelHeap.Resize(aPtr, newSize);

    /// <summary>See <see cref="Heap.Free"/>.</summary>
    public static void Free(void* aPtr)
    {
        if (!KernelHeap.TryFree((byte*)aPtr))
        {
            throw new ArgumentException("This is no block of the heap.");
        }
    }

    /// <summary>See <see cref="Heap.Collect"/>.</summary>
    public static int Collect() => KernelHeap.Collect();
}

using Cosmos.Core.Memory;

namespace ToroCosmos.Plugs;

/// <summary>Cosmos' heap, made for one core, behind a lock.</summary>
internal static unsafe class KernelHeap
{
    private static KernelLock s_lock;

    public static uint AllocateObject(uint bytes)
    {
        fixed (KernelLock* heapLock = &s_lock)
        {
            KernelLock.Enter(heapLock);
            uint address = (uint)Heap.Alloc(bytes);
            KernelLock.Exit(heapLock);
            return address;
        }
    }

    public static byte* AllocatePages(uint count)
    {
        fixed (KernelLock* heapLock = &s_lock)
        {
            KernelLock.Enter(heapLock);

            // Of a type that the garbage collector passes over.
            byte* pages = (byte*)RAT.AllocPages(RAT.PageType.RAT, count);
            KernelLock.Exit(heapLock);
            return pages;
        }
    }
}

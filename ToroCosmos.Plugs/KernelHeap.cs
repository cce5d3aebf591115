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

            // Not by Heap.Alloc, which enables interrupts: a core that has announced its sleep would lose its wake-up.
            uint address = (uint)(bytes <= HeapSmall.mMaxItemSize ? HeapSmall.Alloc((ushort)bytes)
                : bytes <= HeapMedium.MaxItemSize ? HeapMedium.Alloc(bytes)
                : HeapLarge.Alloc(bytes));
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

using Cosmos.Core.Memory;
using ToroCosmos.Memory;
using ToroCosmos.Seam;

namespace ToroCosmos.Plugs;

/// <summary>Cosmos' heap, made for one core, behind a lock.</summary>
internal static unsafe class KernelHeap
{
    private static KernelLock s_lock;

    /// <summary>
    /// Takes a block. As with Cosmos' own heap, interrupts are enabled afterwards, also in a handler, because Cosmos waits
    /// there; but not where code keeps them from this core: one that has announced its sleep would lose its wake-up.
    /// </summary>
    public static byte* Allocate(uint bytes)
    {
        fixed (KernelLock* heapLock = &s_lock)
        {
            KernelLock.Enter(heapLock);

            // Cosmos takes a slot of no bytes for a free one.
            bytes = bytes == 0 ? 1 : bytes;
            byte* block = bytes <= HeapSmall.mMaxItemSize ? HeapSmall.Alloc((ushort)bytes)
                : bytes <= HeapMedium.MaxItemSize ? HeapMedium.Alloc(bytes)
                : HeapLarge.Alloc(bytes);
            KernelLock.Exit(heapLock);
            Machine.ResumeInterrupts();
            return block;
        }
    }

    /// <summary>Moves what is in a block into one of another size, as far as it fits there.</summary>
    public static byte* Resize(byte* block, uint bytes)
    {
        uint before = block == null ? 0 : HeapBlock.Bytes(block);
        if (block != null && before == bytes)
        {
            return block;
        }

        byte* moved = Allocate(bytes);
        MemoryCopy.Copy(moved, block, before < bytes ? before : bytes);
        TryFree(block);
        return moved;
    }

    /// <summary>Gives a block back.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryFree(byte* block)
    {
        fixed (KernelLock* heapLock = &s_lock)
        {
            KernelLock.Enter(heapLock);
            RAT.PageType page = RAT.GetPageType(block);
            if (page == RAT.PageType.HeapSmall)
            {
                HeapSmall.Free(block);
            }
            else if (page is RAT.PageType.HeapMedium or RAT.PageType.HeapLarge)
            {
                HeapLarge.Free(block);
            }

            KernelLock.Exit(heapLock);
            return (page & RAT.PageType.GCManaged) != 0;
        }
    }

    /// <summary>Frees the objects that nothing refers to. Other cores must run nothing that uses any.</summary>
    /// <returns>How many.</returns>
    public static int Collect()
    {
        if (Cpu.CurrentCore() != 0)
        {
            // The roots are on the boot core's stack.
            KernelPanic.Raise("Heap.Collect is for the boot core alone");
        }

        fixed (KernelLock* heapLock = &s_lock)
        {
            KernelLock.Enter(heapLock);
            int freed = HeapCollection.Run();
            KernelLock.Exit(heapLock);
            Machine.ResumeInterrupts();
            return freed;
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

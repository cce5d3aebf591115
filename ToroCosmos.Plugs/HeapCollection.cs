using Cosmos.Core;
using Cosmos.Core.Memory;

namespace ToroCosmos.Plugs;

/// <summary>
/// A collection of Cosmos' heap: marks what static fields and the boot core's stack refer to, and all that those refer to,
/// and frees the rest. The caller has the heap's lock.
/// </summary>
internal static unsafe class HeapCollection
{
    /// <summary>Runs one.</summary>
    /// <returns>How many blocks it freed.</returns>
    public static int Run()
    {
        Visit(sweep: false);
        MarkStack();
        return Visit(sweep: true);
    }

    /// <summary>A word that could be an address in a block keeps the block.</summary>
    private static void MarkStack()
    {
        uint end = CPU.GetStackStart();
        for (uint slot = CPU.GetEBPValue(); slot < end; slot += sizeof(uint))
        {
            byte* block = FindBlock(*(byte**)slot);
            if (block != null)
            {
                Heap.MarkAndSweepObject(block);
            }
        }
    }

    /// <summary>The block that has an address in it; null when there is none.</summary>
    private static byte* FindBlock(byte* address)
    {
        if (address < RAT.RamStart || address >= RAT.HeapEnd)
        {
            return null;
        }

        uint page = RAT.GetFirstRATIndex(address);
        byte* start = RAT.RamStart + (page * RAT.PageSize);
        var type = (RAT.PageType)RAT.mRAT[page];
        if (type is RAT.PageType.HeapMedium or RAT.PageType.HeapLarge)
        {
            return start + HeapLarge.PrefixBytes;
        }

        uint slotBytes = type == RAT.PageType.HeapSmall ? SlotBytes(start) : 0;
        if (slotBytes == 0)
        {
            return null;
        }

        uint begin = (uint)(address - start) / slotBytes * slotBytes;
        byte* block = start + begin + HeapSmall.PrefixItemBytes;
        return begin + slotBytes <= RAT.PageSize && HeapBlock.IsTaken(block) ? block : null;
    }

    /// <summary>How far the blocks of a page are apart.</summary>
    private static uint SlotBytes(byte* page)
    {
        for (SMTPage* table = HeapSmall.SMT; table != null; table = table->Next)
        {
            for (RootSMTBlock* size = table->First; size != null; size = size->LargerSize)
            {
                for (SMTBlock* entry = size->First; entry != null; entry = entry->NextBlock)
                {
                    if (entry->PagePtr == page)
                    {
                        return size->Size + HeapSmall.PrefixItemBytes;
                    }
                }
            }
        }

        return 0;
    }

    private static int Visit(bool sweep)
    {
        int freed = 0;
        for (uint page = 0; page < RAT.TotalPageCount; page++)
        {
            if ((RAT.PageType)RAT.mRAT[page] is RAT.PageType.HeapMedium or RAT.PageType.HeapLarge)
            {
                freed += Visit(RAT.RamStart + (page * RAT.PageSize) + HeapLarge.PrefixBytes, sweep);
            }
        }

        for (SMTPage* table = HeapSmall.SMT; table != null; table = table->Next)
        {
            for (RootSMTBlock* size = table->First; size != null; size = size->LargerSize)
            {
                for (SMTBlock* entry = size->First; entry != null; entry = entry->NextBlock)
                {
                    freed += VisitSlots(entry->PagePtr, size->Size + HeapSmall.PrefixItemBytes, sweep);
                }
            }
        }

        return freed;
    }

    private static int VisitSlots(byte* page, uint slotBytes, bool sweep)
    {
        int freed = 0;
        for (uint begin = 0; begin + slotBytes <= RAT.PageSize; begin += slotBytes)
        {
            byte* block = page + begin + HeapSmall.PrefixItemBytes;
            if (HeapBlock.IsTaken(block))
            {
                freed += Visit(block, sweep);
            }
        }

        return freed;
    }

    private static int Visit(byte* block, bool sweep)
    {
        if (!sweep)
        {
            if (HeapBlock.IsRoot(block))
            {
                Heap.MarkAndSweepObject(block);
            }

            return 0;
        }

        if (HeapBlock.IsRoot(block) || HeapBlock.IsHit(block))
        {
            HeapBlock.ClearHit(block);
            return 0;
        }

        KernelHeap.TryFree(block);
        return 1;
    }
}

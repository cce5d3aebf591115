using ToroCosmos.NativeAot.Boot;
using ToroCosmos.NativeAot.Smp;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>
/// The final page tables: what exists is mapped at its own address, and nothing else. Code is not writable, data is
/// not executable, the guard pages are not mapped, nor is memory below 1 MiB but for what somebody asks for (Intel SDM
/// 3A, 4-Level Paging).
/// </summary>
internal static unsafe class PageTables
{
    public const ulong PageSize = 4096;
    public const ulong LargePageSize = 2UL << 20;

    /// <summary>A fault below is a null reference, of which an element or field was used, as in .NET elsewhere.</summary>
    public const ulong NullAreaEnd = 64 * 1024;

    public const ulong Writable = 1 << 1;
    public const ulong Uncached = (1 << 3) | (1 << 4);

    /// <summary>Uncached unless the firmware's memory type ranges let writes be combined (Intel SDM 3A, UC-).</summary>
    public const ulong WeaklyUncached = 1 << 4;
    public const ulong NoExecute = 1UL << 63;

    private const ulong Present = 1 << 0;
    private const ulong Large = 1 << 7;
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;

    /// <summary>The lower half of the address space.</summary>
    private const ulong VirtualLimit = 1UL << 47;

    private static ulong* s_root;
    private static SpinLock s_lock;

    /// <summary>Physical address of the root, below 4 GiB, for CR3 of every core.</summary>
    public static ulong Root => (ulong)s_root;

    /// <summary>Builds the tables for the image and the usable memory and switches to them.</summary>
    /// <returns>False when there is not enough memory for them.</returns>
    public static bool Initialize()
    {
        // The tables themselves are taken out of the map while it is walked, and must be mapped all the same.
        int count = MemoryMap.Count;
        MemoryRegion* regions = stackalloc MemoryRegion[MemoryMap.Capacity];
        for (int i = 0; i < count; i++)
        {
            regions[i] = *MemoryMap.Region(i);
        }

        ImageLayout* image = ImageLayout.Get();
        s_root = NewTable();
        if (s_root == null)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            ulong start = AlignDown(regions[i].Start);
            start = start < FrameAllocator.LowMemoryEnd ? FrameAllocator.LowMemoryEnd : start;
            if (start < regions[i].End && !Map(start, regions[i].End, Writable | NoExecute))
            {
                return false;
            }
        }

        bool mapped = Map(image->KernelStart, image->TextStart, NoExecute)
            && Map(image->TextStart, AlignUp(image->TextEnd), 0)
            && Map(AlignUp(image->TextEnd), AlignUp(image->ReadOnlyEnd), NoExecute)
            && Map(image->DataStart, AlignUp(image->KernelEnd), Writable | NoExecute);
        if (!mapped || !Unmap(image->BootStackGuard))
        {
            return false;
        }

        NativeCpu.WriteCr3(Root);
        return true;
    }

    /// <summary>
    /// Maps a stretch at its own address, with large pages where it can. Pages mapped before get the new attributes.
    /// </summary>
    public static bool Map(ulong start, ulong end, ulong attributes)
    {
        start = AlignDown(start);
        end = AlignUp(end);
        if (start >= end || end > PhysicalAddresses.End)
        {
            return start == end;
        }

        s_lock.Enter();
        bool done = true;
        while (done && start < end)
        {
            if ((start & (LargePageSize - 1)) == 0 && end - start >= LargePageSize && MapLarge(start, attributes))
            {
                start += LargePageSize;
                continue;
            }

            ulong* entry = SmallEntry(start);
            done = entry != null;
            if (done)
            {
                *entry = start | attributes | Present;
                NativeCpu.InvalidatePage(start);
                start += PageSize;
            }
        }

        s_lock.Exit();
        return done;
    }

    /// <summary>Maps one page of memory at another address than its own.</summary>
    public static bool MapPage(ulong page, ulong frame, ulong attributes) => Set(page, frame | attributes | Present);

    /// <summary>Removes one page, for a guard.</summary>
    public static bool Unmap(ulong page) => Set(page, 0);

    private static bool Set(ulong page, ulong value)
    {
        s_lock.Enter();
        ulong* entry = SmallEntry(page);
        if (entry != null)
        {
            *entry = value;
            NativeCpu.InvalidatePage(page);
        }

        s_lock.Exit();
        return entry != null;
    }

    /// <summary>Whether the page that holds an address is mapped.</summary>
    public static bool IsMapped(ulong address) => Entry(address) != 0;

    /// <summary>Whether the page that holds an address is mapped as a device's, uncached.</summary>
    public static bool IsDevice(ulong address) => (Entry(address) & Uncached) == Uncached;

    /// <summary>The entry that maps an address; 0 when none does.</summary>
    private static ulong Entry(ulong address)
    {
        if (s_root == null || address >= VirtualLimit)
        {
            return 0;
        }

        ulong* table = s_root;
        for (int shift = 39; ; shift -= 9)
        {
            ulong entry = table[(address >> shift) & 511];
            if ((entry & Present) == 0)
            {
                return 0;
            }

            if (shift == 12 || (shift == 21 && (entry & Large) != 0))
            {
                return entry;
            }

            table = (ulong*)(entry & AddressMask);
        }
    }

    private static bool MapLarge(ulong address, ulong attributes)
    {
        ulong* directory = Directory(address);
        if (directory == null)
        {
            return false;
        }

        ulong* entry = directory + ((address >> 21) & 511);
        if ((*entry & Present) != 0 && (*entry & Large) == 0)
        {
            return false;
        }

        *entry = address | attributes | Large | Present;
        NativeCpu.InvalidatePage(address);
        return true;
    }

    /// <summary>The entry of a 4 KiB page; a large page that covers it is split first.</summary>
    private static ulong* SmallEntry(ulong address)
    {
        ulong* directory = Directory(address);
        if (directory == null)
        {
            return null;
        }

        ulong* entry = directory + ((address >> 21) & 511);
        ulong* table;
        if ((*entry & Present) == 0)
        {
            table = NewTable();
            if (table == null)
            {
                return null;
            }

            *entry = (ulong)table | Writable | Present;
        }
        else if ((*entry & Large) != 0)
        {
            table = NewTable();
            if (table == null)
            {
                return null;
            }

            ulong attributes = *entry & (NoExecute | Uncached | Writable | Present);
            ulong start = address & ~(LargePageSize - 1);
            for (uint i = 0; i < 512; i++)
            {
                table[i] = (start + (i * PageSize)) | attributes;
            }

            *entry = (ulong)table | Writable | Present;
        }
        else
        {
            table = (ulong*)(*entry & AddressMask);
        }

        return table + ((address >> 12) & 511);
    }

    private static ulong* Directory(ulong address)
    {
        ulong* table = s_root;
        for (int shift = 39; shift > 21; shift -= 9)
        {
            ulong* entry = table + ((address >> shift) & 511);
            if ((*entry & Present) == 0)
            {
                ulong* next = NewTable();
                if (next == null)
                {
                    return null;
                }

                *entry = (ulong)next | Writable | Present;
            }

            table = (ulong*)(*entry & AddressMask);
        }

        return table;
    }

    private static ulong* NewTable() => (ulong*)FrameAllocator.Allocate(PageSize, PageSize);

    private static ulong AlignDown(ulong address) => address & ~(PageSize - 1);

    private static ulong AlignUp(ulong address) => (address + PageSize - 1) & ~(PageSize - 1);
}

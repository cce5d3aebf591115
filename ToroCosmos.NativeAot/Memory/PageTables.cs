using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>
/// The final page tables: what exists is mapped at its own address, and nothing else. Code is not writable, data is
/// not executable, the guard pages are not mapped, nor is memory below 1 MiB but for what somebody asks for (Intel SDM
/// 3A, 4-Level Paging).
/// </summary>
internal static unsafe class PageTables
{
    public const ulong PageSize = 4096;

    /// <summary>A fault below is a null reference, of which an element or field was used, as in .NET elsewhere.</summary>
    public const ulong NullAreaEnd = 64 * 1024;

    public const ulong Writable = 1 << 1;

    // How a page is cached: an index into the page attribute table.
    public const ulong WriteCombining = PageAttributeTable.WriteCombining << CachingShift;
    public const ulong Uncached = PageAttributeTable.Uncached << CachingShift;
    public const ulong NoExecute = 1UL << 63;

    private const ulong Present = 1 << 0;
    private const ulong Large = 1 << 7;
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;

    private const int CachingShift = 3;
    private const ulong CachingMask = 3 << CachingShift;

    /// <summary>The lower half of the address space.</summary>
    private const ulong VirtualLimit = 1UL << 47;

    // Levels of tables: an entry of the first maps 4 KiB, of the second 2 MiB, of the third 1 GiB.
    private const int TopLevel = 4;
    private const int Entries = 512;

    // CPUID leaf 80000001H, EDX (Intel SDM 2A).
    private const uint ExtendedFeatures = 0x8000_0001;
    private const uint FeaturePage1GiB = 1 << 26;

    private static ulong* s_root;
    private static int s_largestLevel;
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

        s_largestLevel = (Cpu.CpuId(ExtendedFeatures).Edx & FeaturePage1GiB) != 0 ? 3 : 2;

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
            int level = s_largestLevel;
            while (level > 1 && ((start & (SizeOf(level) - 1)) != 0 || end - start < SizeOf(level) || IsTable(start, level)))
            {
                level--;
            }

            ulong* entry = EntryOf(start, level);
            done = entry != null;
            if (done)
            {
                *entry = start | attributes | (level > 1 ? Large : 0) | Present;
                NativeCpu.InvalidatePage(start);
                start += SizeOf(level);
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
        ulong* entry = EntryOf(page, 1);
        if (entry != null)
        {
            *entry = value;
            NativeCpu.InvalidatePage(page);
        }

        s_lock.Exit();
        return entry != null;
    }

    /// <summary>Whether the page that holds an address is mapped.</summary>
    public static bool IsMapped(ulong address) => Find(address, out _) != 0;

    /// <summary>Whether the page that holds an address is a device's, which is not cached as memory is.</summary>
    public static bool IsDevice(ulong address) => (Find(address, out _) & CachingMask) != 0;

    /// <summary>What is mapped in a stretch.</summary>
    /// <param name="start">Its first address.</param>
    /// <param name="end">The address behind it.</param>
    /// <param name="caching">The caching that counts as right.</param>
    public static Coverage CoverageOf(ulong start, ulong end, ulong caching)
    {
        Coverage coverage = Coverage.None;
        for (ulong address = start; address < end;)
        {
            ulong entry = Find(address, out ulong size);
            coverage |= entry == 0 ? Coverage.Holes : (entry & CachingMask) == caching ? Coverage.Same : Coverage.Others;
            address = (address & ~(size - 1)) + size;
        }

        return coverage;
    }

    /// <summary>The entry that maps an address; 0 when none does.</summary>
    /// <param name="address">The address.</param>
    /// <param name="size">The size of the page, or of the hole as far as the tables' level tells.</param>
    private static ulong Find(ulong address, out ulong size)
    {
        size = VirtualLimit;
        if (s_root == null || address >= VirtualLimit)
        {
            return 0;
        }

        ulong* table = s_root;
        for (int level = TopLevel; ; level--)
        {
            ulong entry = table[Index(address, level)];
            size = SizeOf(level);
            if ((entry & Present) == 0)
            {
                return 0;
            }

            if (level == 1 || (entry & Large) != 0)
            {
                return entry;
            }

            table = (ulong*)(entry & AddressMask);
        }
    }

    /// <summary>Whether smaller pages than those of a level are, or were, mapped where one of these would be.</summary>
    private static bool IsTable(ulong address, int level)
    {
        Find(address, out ulong size);
        return size < SizeOf(level);
    }

    /// <summary>The entry of a page, with all tables above it; a larger page that covers it is split first.</summary>
    /// <returns>Null when there is no memory for a table.</returns>
    private static ulong* EntryOf(ulong address, int level)
    {
        ulong* table = s_root;
        for (int above = TopLevel; above > level; above--)
        {
            ulong* entry = table + Index(address, above);
            if ((*entry & (Present | Large)) != Present)
            {
                ulong* below = NewTable();
                if (below == null)
                {
                    return null;
                }

                Split(*entry, above, below);
                *entry = (ulong)below | Writable | Present;
            }

            table = (ulong*)(*entry & AddressMask);
        }

        return table + Index(address, level);
    }

    /// <summary>Fills a table with what a large page maps; nothing when there is none.</summary>
    private static void Split(ulong entry, int level, ulong* table)
    {
        if ((entry & Present) != 0)
        {
            ulong part = level == 2 ? entry & ~Large : entry;
            for (int i = 0; i < Entries; i++)
            {
                table[i] = part + ((ulong)i * SizeOf(level - 1));
            }
        }
    }

    private static int Index(ulong address, int level) => (int)(address >> (12 + (9 * (level - 1)))) & (Entries - 1);

    private static ulong SizeOf(int level) => PageSize << (9 * (level - 1));

    private static ulong* NewTable() => (ulong*)FrameAllocator.Allocate(PageSize, PageSize);

    private static ulong AlignDown(ulong address) => address & ~(PageSize - 1);

    private static ulong AlignUp(ulong address) => (address + PageSize - 1) & ~(PageSize - 1);
}

using ToroCosmos.Gen3.Image;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.Gen3.Memory;

/// <summary>
/// The page tables that Limine made and Cosmos runs on, which all cores share (Intel SDM 3A, 4-Level Paging). Pages are
/// added where there were none; what is mapped stays as it is. The boot core alone changes them.
/// </summary>
internal static unsafe class PageTables
{
    public const ulong PageSize = 4096;
    public const ulong Writable = 1 << 1;

    /// <summary>Index 3 of the page attribute table, which Limine leaves as after a reset: uncached.</summary>
    public const ulong Uncached = 3 << 3;
    public const ulong NoExecute = 1UL << 63;

    private const ulong Present = 1 << 0;
    private const ulong Large = 1 << 7;
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;
    private const ulong UpperHalf = 0xFFFF_0000_0000_0000;

    // Levels of tables: an entry of the first maps 4 KiB, of the second 2 MiB, of the third 1 GiB.
    private const int TopLevel = 4;
    private const int Entries = 512;
    private const int FirstOfUpperHalf = Entries / 2;

    private static ulong s_offset;

    /// <summary>Physical address of the root, for CR3 of every core.</summary>
    public static ulong Root => NativeCpu.ReadCr3() & AddressMask;

    /// <summary>From a physical address to the one that Limine has mapped it at.</summary>
    public static ulong HigherHalf
    {
        get
        {
            if (s_offset == 0)
            {
                s_offset = CosmosFunctions.HigherHalfOffset();
            }

            return s_offset;
        }
    }

    /// <summary>Whether the page that holds an address is mapped.</summary>
    public static bool IsMapped(ulong address) => Find(address, out _) != 0;

    /// <summary>Where an address lies in physical memory.</summary>
    /// <param name="address">Any address.</param>
    /// <param name="physicalAddress">Receives its place.</param>
    /// <param name="left">Receives how many bytes, from there on, the same page holds.</param>
    /// <returns>False when nothing is mapped there.</returns>
    public static bool Translate(ulong address, out ulong physicalAddress, out ulong left)
    {
        ulong entry = Find(address, out ulong size);
        ulong within = address & (size - 1);
        physicalAddress = (entry & AddressMask & ~(size - 1)) + within;
        left = size - within;
        return entry != 0;
    }

    /// <summary>Maps one page where none is.</summary>
    /// <returns>False when there is no memory for a table, or the page is mapped.</returns>
    public static bool Map(ulong page, ulong physicalAddress, ulong attributes)
    {
        ulong* table = (ulong*)(Root + HigherHalf);
        for (int level = TopLevel; level > 1; level--)
        {
            ulong* entry = table + Index(page, level);
            if ((*entry & Present) == 0)
            {
                byte* below = MemoryExports.Allocate((nuint)PageSize, (nuint)PageSize);
                if (below == null)
                {
                    return false;
                }

                *entry = ((ulong)below - HigherHalf) | Writable | Present;
            }
            else if ((*entry & Large) != 0)
            {
                return false;
            }

            table = (ulong*)((*entry & AddressMask) + HigherHalf);
        }

        ulong* last = table + Index(page, 1);
        if ((*last & Present) != 0)
        {
            return false;
        }

        *last = physicalAddress | attributes | Present;
        NativeCpu.InvalidatePage(page);
        return true;
    }

    /// <summary>The beginning of 512 GiB of addresses where nothing is mapped; 0 when there are none.</summary>
    public static ulong FindUnusedAddresses()
    {
        ulong* root = (ulong*)(Root + HigherHalf);
        for (int i = Entries - 2; i >= FirstOfUpperHalf; i--)
        {
            if ((root[i] & Present) == 0)
            {
                return UpperHalf | ((ulong)i * SizeOf(TopLevel));
            }
        }

        return 0;
    }

    /// <summary>The entry that maps an address; 0 when none does.</summary>
    private static ulong Find(ulong address, out ulong size)
    {
        size = PageSize;
        ulong upper = address & (UpperHalf | (UpperHalf >> 1));
        if (upper != 0 && upper != (UpperHalf | (UpperHalf >> 1)))
        {
            // Not canonical: no address at all.
            return 0;
        }

        ulong* table = (ulong*)(Root + HigherHalf);
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

            table = (ulong*)((entry & AddressMask) + HigherHalf);
        }
    }

    private static int Index(ulong address, int level) => (int)(address >> (12 + (9 * (level - 1)))) & (Entries - 1);

    private static ulong SizeOf(int level) => PageSize << (9 * (level - 1));
}

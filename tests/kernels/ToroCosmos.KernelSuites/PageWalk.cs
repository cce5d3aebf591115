using System;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.KernelSuites;

/// <summary>Reads the page tables as the processor does (Intel SDM 3A, 4-Level Paging), apart from the code that wrote them.</summary>
internal static unsafe class PageWalk
{
    private const ulong Present = 1;
    private const ulong Large = 1 << 7;
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;
    private const int Entries = 512;
    private const int TopLevel = 4;

    /// <summary>The entry that maps an address; 0 when none does. A permission that an upper level denies is denied in it.</summary>
    public static ulong Entry(ulong address)
    {
        ulong* table = (ulong*)(PageTables.Root & AddressMask);
        ulong inherited = PageTables.Writable;
        for (int level = TopLevel; ; level--)
        {
            ulong entry = table[(int)(address >> (12 + (9 * (level - 1)))) & (Entries - 1)];
            if ((entry & Present) == 0)
            {
                return 0;
            }

            entry = Restrict(entry, inherited);
            if (level == 1 || (level < TopLevel && (entry & Large) != 0))
            {
                return entry;
            }

            inherited = entry;
            table = (ulong*)(entry & AddressMask);
        }
    }

    /// <summary>Counts the pages, of any size, whose entry meets a condition.</summary>
    public static int Count(Func<ulong, bool> condition) =>
        Count((ulong*)(PageTables.Root & AddressMask), TopLevel, PageTables.Writable, condition);

    private static int Count(ulong* table, int level, ulong inherited, Func<ulong, bool> condition)
    {
        int count = 0;
        for (int i = 0; i < Entries; i++)
        {
            ulong entry = table[i];
            if ((entry & Present) == 0)
            {
                continue;
            }

            entry = Restrict(entry, inherited);
            if (level == 1 || (level < TopLevel && (entry & Large) != 0))
            {
                count += condition(entry) ? 1 : 0;
            }
            else
            {
                count += Count((ulong*)(entry & AddressMask), level - 1, entry, condition);
            }
        }

        return count;
    }

    private static ulong Restrict(ulong entry, ulong inherited) =>
        (inherited & PageTables.Writable) == 0
            ? (entry & ~PageTables.Writable) | (inherited & PageTables.NoExecute)
            : entry | (inherited & PageTables.NoExecute);
}

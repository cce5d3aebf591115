using System.Runtime;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>
/// Address space that gets memory page by page, for the class library's heap of runtime types. It lies above all
/// physical addresses, so that those stay mapped at their own.
/// </summary>
internal static unsafe class VirtualMemory
{
    private const ulong Start = 0x6000_0000_0000;
    private const ulong End = 0x7000_0000_0000;
    private const uint Commit = 0x1000;
    private const uint Reserve = 0x2000;

    private static SpinLock s_lock;
    private static ulong s_reserved;

    /// <summary>Reserves address space (address 0) or puts memory behind what was reserved.</summary>
    /// <returns>The address, or null when there is none left.</returns>
    [RuntimeExport("VirtualAlloc")]
    private static byte* Allocate(ulong address, ulong bytes, uint type, uint protection)
    {
        ulong size = (bytes + PageTables.PageSize - 1) & ~(PageTables.PageSize - 1);
        if (size < bytes || size > End - Start)
        {
            return null;
        }

        if ((type & Reserve) != 0 && address == 0)
        {
            s_lock.Enter();
            address = Start + s_reserved;
            bool fits = size <= End - address;
            s_reserved += fits ? size : 0;
            s_lock.Exit();
            if (!fits)
            {
                return null;
            }
        }

        bool reserved = address >= Start && address < Start + s_reserved;
        return reserved && ((type & Commit) == 0 || Back(address, address + size)) ? (byte*)address : null;
    }

    private static bool Back(ulong start, ulong end)
    {
        for (ulong page = start & ~(PageTables.PageSize - 1); page < end; page += PageTables.PageSize)
        {
            if (!PageTables.IsMapped(page))
            {
                byte* frame = FrameAllocator.Allocate(PageTables.PageSize, PageTables.PageSize);
                if (frame == null || !PageTables.MapPage(page, (ulong)frame, PageTables.Writable | PageTables.NoExecute))
                {
                    return false;
                }
            }
        }

        return true;
    }
}

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

    private static SpinLock s_lock;
    private static ulong s_reserved;

    /// <summary>Reserves address space, rounded up to whole pages.</summary>
    /// <returns>The address, or null when there is none left.</returns>
    public static byte* Reserve(ulong bytes)
    {
        ulong size = (bytes + PageTables.PageSize - 1) & ~(PageTables.PageSize - 1);
        if (size < bytes || size > End - Start)
        {
            return null;
        }

        s_lock.Enter();
        ulong address = Start + s_reserved;
        bool fits = size <= End - address;
        s_reserved += fits ? size : 0;
        s_lock.Exit();
        return fits ? (byte*)address : null;
    }

    /// <summary>Puts memory behind address space that was reserved; what has some keeps it.</summary>
    /// <returns>False when it was not reserved, and when there is no memory left.</returns>
    public static bool Commit(ulong address, ulong bytes)
    {
        ulong end = address + bytes;
        bool reserved = address >= Start && end >= address && end <= Start + s_reserved;
        return reserved && Back(address, end);
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

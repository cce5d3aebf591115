using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>
/// Hands out stretches of usable memory, lowest first, zeroed, and takes none back. Memory below 1 MiB is left for
/// start-up code and firmware.
/// </summary>
internal static unsafe class FrameAllocator
{
    public const ulong LowMemoryEnd = 0x100000;

    private static SpinLock s_lock;
    private static ulong s_allocated;

    /// <summary>Bytes handed out so far.</summary>
    public static ulong Allocated => s_allocated;

    /// <returns>The memory, or null when no region has such a stretch.</returns>
    public static byte* Allocate(ulong bytes, ulong alignment)
    {
        if (bytes == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0)
        {
            return null;
        }

        s_lock.Enter();
        byte* memory = Take(bytes, alignment);
        s_lock.Exit();
        if (memory != null)
        {
            Clear(memory, bytes);
        }

        return memory;
    }

    /// <summary>Takes one page below 1 MiB, for start-up code; 0 when there is none.</summary>
    public static ulong TakeLowPage()
    {
        for (int i = MemoryMap.Count - 1; i >= 0; i--)
        {
            MemoryRegion* region = MemoryMap.Region(i);
            ulong end = region->End < LowMemoryEnd ? region->End : LowMemoryEnd;
            ulong page = (end - PageTables.PageSize) & ~(PageTables.PageSize - 1);
            if (end >= 2 * PageTables.PageSize && page >= region->Start && page >= PageTables.PageSize)
            {
                MemoryMap.Remove(page, page + PageTables.PageSize);
                return page;
            }
        }

        return 0;
    }

    private static byte* Take(ulong bytes, ulong alignment)
    {
        for (int i = 0; i < MemoryMap.Count; i++)
        {
            MemoryRegion* region = MemoryMap.Region(i);
            ulong first = region->Start < LowMemoryEnd ? LowMemoryEnd : region->Start;
            ulong start = (first + alignment - 1) & ~(alignment - 1);
            if (start < first || start >= region->End || region->End - start < bytes)
            {
                continue;
            }

            // What alignment skips stays usable: it remains the region's low part.
            s_allocated += bytes;
            MemoryMap.Remove(start, start + bytes);
            return (byte*)start;
        }

        return null;
    }

    private static void Clear(byte* memory, ulong bytes)
    {
        ulong* words = (ulong*)memory;
        ulong count = bytes / 8;
        for (ulong i = 0; i < count; i++)
        {
            words[i] = 0;
        }

        for (ulong i = count * 8; i < bytes; i++)
        {
            memory[i] = 0;
        }
    }
}

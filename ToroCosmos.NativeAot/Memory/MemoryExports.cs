using System.Runtime;
using ToroCosmos.NativeAot.Boot;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>The hardware seam's <see cref="Hardware.PhysicalMemory"/>.</summary>
internal static unsafe class MemoryExports
{
    /// <summary>A longer stretch than any firmware table or register block; a wrong length must not map the world.</summary>
    private const ulong LongestMapping = 64UL << 20;

    [RuntimeExport("ToroMemoryAllocate")]
    private static byte* Allocate(nuint bytes, nuint alignment) => FrameAllocator.Allocate(bytes, alignment);

    [RuntimeExport("ToroMemoryMapFirmware")]
    private static byte* MapFirmware(ulong address, nuint bytes)
    {
        if (address < PageTables.PageSize)
        {
            return BiosData.Copy(address, bytes);
        }

        if (!IsSane(address, bytes))
        {
            return null;
        }

        for (ulong page = address & ~(PageTables.PageSize - 1); page < address + bytes; page += PageTables.PageSize)
        {
            if (!PageTables.IsMapped(page)
                && !PageTables.Map(page, page + PageTables.PageSize, PageTables.NoExecute))
            {
                return null;
            }
        }

        return (byte*)address;
    }

    [RuntimeExport("ToroMemoryMapDevice")]
    private static byte* MapDevice(ulong address, nuint bytes)
    {
        if (!IsSane(address, bytes))
        {
            return null;
        }

        for (ulong page = address & ~(PageTables.PageSize - 1); page < address + bytes; page += PageTables.PageSize)
        {
            if (PageTables.IsDevice(page))
            {
                continue;
            }

            const ulong Attributes = PageTables.Writable | PageTables.NoExecute | PageTables.Uncached;
            if (PageTables.IsMapped(page) || !PageTables.Map(page, page + PageTables.PageSize, Attributes))
            {
                return null;
            }
        }

        return (byte*)address;
    }

    [RuntimeExport("ToroMemoryIsReadable")]
    private static bool IsReadable(byte* memory, nuint bytes)
    {
        ulong start = (ulong)memory;
        ulong end = start + bytes;
        if (end < start)
        {
            return false;
        }

        for (ulong page = start & ~(PageTables.PageSize - 1); page < end; page += PageTables.PageSize)
        {
            if (!PageTables.IsMapped(page) || PageTables.IsDevice(page))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSane(ulong address, ulong bytes) =>
        address >= PageTables.PageSize && bytes <= LongestMapping
        && Hardware.PhysicalMemory.IsBelow(address, bytes, PhysicalAddresses.End);
}

using System.Runtime;
using ToroCosmos.NativeAot.Handover;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>The hardware seam's <see cref="PhysicalMemory"/>.</summary>
internal static unsafe class MemoryExports
{
    /// <summary>A longer stretch than any firmware table; a wrong length must not map the world.</summary>
    private const ulong LongestFirmware = 64UL << 20;

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
    private static DeviceMapping MapDevice(ulong address, nuint bytes, byte** registers)
    {
        *registers = null;
        ulong end = address + bytes;
        if (bytes == 0)
        {
            return DeviceMapping.NoLength;
        }

        if (address < PageTables.PageSize)
        {
            return DeviceMapping.FirstPage;
        }

        if (end < address || end > PhysicalAddresses.End)
        {
            return DeviceMapping.BeyondAddresses;
        }

        Coverage coverage = PageTables.CoverageOf(address, end, PageTables.Uncached);
        if ((coverage & Coverage.Others) != 0)
        {
            return DeviceMapping.OtherMemory;
        }

        const ulong Attributes = PageTables.Writable | PageTables.NoExecute | PageTables.Uncached;
        if ((coverage & Coverage.Holes) != 0 && !PageTables.Map(address, end, Attributes))
        {
            return DeviceMapping.OutOfMemory;
        }

        *registers = (byte*)address;
        return DeviceMapping.Ok;
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
        address >= PageTables.PageSize && bytes <= LongestFirmware
        && Seam.PhysicalMemory.IsBelow(address, bytes, PhysicalAddresses.End);
}

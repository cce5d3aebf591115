using System.Runtime;
using ToroCosmos.Gen3.Image;
using ToroCosmos.Seam;

namespace ToroCosmos.Gen3.Memory;

/// <summary>The hardware seam's <see cref="PhysicalMemory"/>.</summary>
internal static unsafe class MemoryExports
{
    /// <summary>A longer stretch than any firmware table; a wrong length must not map the world.</summary>
    private const ulong LongestFirmware = 64UL << 20;

    // CPUID leaf 80000008H, EAX: bits of a physical address (Intel SDM 2A).
    private const uint AddressSizes = 0x8000_0008;

    /// <summary>Cosmos' heap takes whole pages for what is longer than this, and gives each such piece a short header.</summary>
    private const ulong LongestOfPage = PageTables.PageSize;

    [RuntimeExport("ToroMemoryAllocate")]
    internal static byte* Allocate(nuint bytes, nuint alignment)
    {
        ulong needed = (ulong)bytes + alignment;
        ulong taken = needed > LongestOfPage ? needed : LongestOfPage + 1;
        if (needed < bytes || taken >= uint.MaxValue)
        {
            return null;
        }

        byte* memory = CosmosFunctions.AllocateHeap((nuint)taken);
        if (memory == null)
        {
            return null;
        }

        byte* aligned = (byte*)(((nuint)memory + alignment - 1) & ~(alignment - 1));
        for (nuint i = 0; i < bytes; i++)
        {
            aligned[i] = 0;
        }

        return aligned;
    }

    [RuntimeExport("ToroMemoryMapFirmware")]
    private static byte* MapFirmware(ulong address, nuint bytes)
    {
        if (bytes > LongestFirmware || !Seam.PhysicalMemory.IsBelow(address, bytes, EndOfAddresses()))
        {
            return null;
        }

        return MapAll(address, address + bytes, PageTables.NoExecute) ? (byte*)(address + PageTables.HigherHalf) : null;
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

        if (end < address || end > EndOfAddresses())
        {
            return DeviceMapping.BeyondAddresses;
        }

        if (MemoryMap.Overlaps(address, end))
        {
            return DeviceMapping.OtherMemory;
        }

        // What Limine has mapped is uncached by the memory type ranges of the firmware.
        if (!MapAll(address, end, PageTables.Writable | PageTables.NoExecute | PageTables.Uncached))
        {
            return DeviceMapping.OutOfMemory;
        }

        *registers = (byte*)(address + PageTables.HigherHalf);
        return DeviceMapping.Ok;
    }

    [RuntimeExport("ToroMemoryIsReadable")]
    private static bool IsReadable(byte* memory, nuint bytes)
    {
        ulong address = (ulong)memory;
        ulong end = address + bytes;
        if (end < address || address < PageTables.PageSize)
        {
            return false;
        }

        while (address < end)
        {
            if (!PageTables.Translate(address, out ulong physicalAddress, out ulong left))
            {
                return false;
            }

            // A page of the tables may be larger than a region of memory.
            ulong page = PageTables.PageSize - (address & (PageTables.PageSize - 1));
            if (!MemoryMap.IsMemory(physicalAddress))
            {
                return false;
            }

            address += page < left ? page : left;
        }

        return true;
    }

    private static bool MapAll(ulong start, ulong end, ulong attributes)
    {
        for (ulong page = start & ~(PageTables.PageSize - 1); page < end; page += PageTables.PageSize)
        {
            if (!PageTables.IsMapped(page + PageTables.HigherHalf)
                && !PageTables.Map(page + PageTables.HigherHalf, page, attributes))
            {
                return false;
            }
        }

        return true;
    }

    private static ulong EndOfAddresses() => 1UL << (int)(Cpu.CpuId(AddressSizes).Eax & 0xFF);
}

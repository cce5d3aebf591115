namespace ToroCosmos.Seam;

/// <summary>The machine's memory. Virtual and physical addresses are equal. Part of the hardware seam.</summary>
public static unsafe partial class PhysicalMemory
{
    /// <summary>Takes zeroed memory that is never given back.</summary>
    /// <param name="bytes">How much, at least 1.</param>
    /// <param name="alignment">A power of two; the result is aligned to it.</param>
    /// <returns>The memory, or null when the machine has no such stretch left.</returns>
    public static partial byte* Allocate(nuint bytes, nuint alignment);

    /// <summary>
    /// Makes a stretch that the firmware owns (tables, BIOS areas) readable. Mapping it again has no effect.
    /// </summary>
    /// <returns>The address to read at, or null when the stretch is not addressable.</returns>
    public static partial byte* MapFirmware(ulong physicalAddress, nuint bytes);

    /// <summary>Makes a device's registers accessible, uncached. Mapping them again has no effect.</summary>
    /// <param name="physicalAddress">Where they are.</param>
    /// <param name="bytes">How many, of any number.</param>
    /// <param name="registers">The address to access them at; null when they are not accessible.</param>
    /// <returns>Why not.</returns>
    public static partial DeviceMapping MapDevice(ulong physicalAddress, nuint bytes, out byte* registers);

    /// <summary>Whether a stretch is ordinary memory that can be read: no hole, no guard page, no device.</summary>
    /// <param name="memory">Any address.</param>
    /// <param name="bytes">The length; the stretch may reach beyond the end of the address space.</param>
    public static partial bool IsReadable(byte* memory, nuint bytes);

    /// <summary>Whether a stretch has bytes and lies whole below a limit, wherever its end would wrap to.</summary>
    public static bool IsBelow(ulong address, ulong bytes, ulong limit) =>
        bytes != 0 && address < limit && bytes <= limit - address;
}

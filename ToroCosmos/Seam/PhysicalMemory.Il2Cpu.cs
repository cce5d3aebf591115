namespace ToroCosmos.Seam;

public static unsafe partial class PhysicalMemory
{
    public static partial byte* Allocate(nuint bytes, nuint alignment) => throw PlugMissing.Error();

    public static partial byte* MapFirmware(ulong physicalAddress, nuint bytes) => Address(physicalAddress, bytes);

    public static partial DeviceMapping MapDevice(ulong physicalAddress, nuint bytes, out byte* registers)
    {
        registers = bytes == 0 ? null : Address(physicalAddress, bytes);
        return registers != null ? DeviceMapping.Ok
            : bytes == 0 ? DeviceMapping.NoLength
            : physicalAddress == 0 ? DeviceMapping.FirstPage
            : DeviceMapping.BeyondAddresses;
    }

    public static partial bool IsReadable(byte* memory, nuint bytes) => throw PlugMissing.Error();

    // Cosmos does not page: what 32 bits address is there, and device memory is uncached by the firmware's MTRRs.
    private static byte* Address(ulong physicalAddress, nuint bytes) =>
        IsBelow(physicalAddress, bytes, 1UL << 32) ? (byte*)(nuint)physicalAddress : null;
}

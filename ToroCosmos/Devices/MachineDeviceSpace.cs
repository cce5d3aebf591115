using ToroCosmos.Seam;

namespace ToroCosmos.Devices;

/// <summary>The machine's own devices.</summary>
public sealed unsafe class MachineDeviceSpace : DeviceSpace
{
    /// <inheritdoc/>
    public override DeviceMapping Map(ulong address, ulong bytes, out RegisterBlock? registers)
    {
        registers = null;
        if (bytes > uint.MaxValue)
        {
            return DeviceMapping.BeyondAddresses;
        }

        DeviceMapping mapping = PhysicalMemory.MapDevice(address, (nuint)bytes, out byte* start);
        if (mapping == DeviceMapping.Ok)
        {
            registers = new MappedRegisters(start, (uint)bytes);
        }

        return mapping;
    }
}

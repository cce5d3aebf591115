using System.Collections.Generic;
using ToroCosmos.Devices;
using ToroCosmos.Seam;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>The address space of a played machine: registers of devices at addresses, and nothing between.</summary>
public sealed class FakeDeviceSpace : DeviceSpace
{
    private readonly List<(ulong Address, RegisterBlock Registers)> _devices = [];

    /// <summary>How many stretches were asked for.</summary>
    public int Maps { get; private set; }

    /// <summary>Puts registers at an address.</summary>
    public FakeDeviceSpace Put(ulong address, RegisterBlock registers)
    {
        _devices.Add((address, registers));
        return this;
    }

    /// <inheritdoc/>
    public override DeviceMapping Map(ulong address, ulong bytes, out RegisterBlock? registers)
    {
        Maps++;
        registers = null;
        foreach ((ulong start, RegisterBlock device) in _devices)
        {
            if (address >= start && PhysicalMemory.IsBelow(address - start, bytes, device.Bytes))
            {
                registers = new RegisterWindow(device, (uint)(address - start), (uint)bytes);
                return DeviceMapping.Ok;
            }
        }

        return bytes == 0 ? DeviceMapping.NoLength : DeviceMapping.OtherMemory;
    }
}

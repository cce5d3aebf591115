using ToroCosmos.Devices;

namespace ToroCosmos.Pci;

/// <summary>Where a function is (PCI Local Bus 3.0, Configuration Space; PCI Firmware 3.3, segment groups).</summary>
/// <param name="Segment">The segment group: 0 on most machines.</param>
/// <param name="Bus">The bus.</param>
/// <param name="Device">The device on the bus, 0 to 31.</param>
/// <param name="Function">The function of the device, 0 to 7.</param>
public readonly record struct PciAddress(ushort Segment, byte Bus, byte Device, byte Function)
{
    /// <summary>How many devices a bus can have.</summary>
    public const int DevicesOnBus = 32;

    /// <summary>How many functions a device can have.</summary>
    public const int FunctionsOfDevice = 8;

    /// <summary>The usual notation, <c>00:04.0</c>, with the segment before it where it is not 0.</summary>
    public string Text =>
        (Segment == 0 ? "" : DeviceText.Hexadecimal(Segment, 4) + ":")
        + DeviceText.Hexadecimal(Bus, 2) + ":" + DeviceText.Hexadecimal(Device, 2) + "." + DeviceText.Hexadecimal(Function);
}

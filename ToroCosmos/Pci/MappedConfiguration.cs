using System;
using ToroCosmos.Acpi;
using ToroCosmos.Devices;
using ToroCosmos.Seam;

namespace ToroCosmos.Pci;

/// <summary>
/// The configuration space in memory, as the MCFG says where (PCI Express 5.0, Enhanced Configuration Access Mechanism):
/// 4096 bytes of each function, a megabyte of each bus, which is mapped when it is first accessed.
/// </summary>
public sealed class MappedConfiguration : PciConfiguration
{
    private const int BytesOfFunction = 4096;
    private const uint BytesOfBus = 1 << 20;
    private const int Buses = 256;

    private readonly DeviceSpace _space;
    private readonly ConfigurationRange[] _ranges;
    private readonly RegisterBlock?[] _buses;
    private readonly bool[] _unmappable;

    /// <param name="ranges">Where which buses are.</param>
    /// <param name="space">The machine's address space.</param>
    public MappedConfiguration(ConfigurationRange[] ranges, DeviceSpace space)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        ArgumentNullException.ThrowIfNull(space);
        _ranges = ranges;
        _space = space;
        _buses = new RegisterBlock?[ranges.Length * Buses];
        _unmappable = new bool[ranges.Length * Buses];
    }

    /// <inheritdoc/>
    public override int BytesOf(PciAddress address) => BusOf(address) == null ? 0 : BytesOfFunction;

    /// <inheritdoc/>
    public override uint Read32(PciAddress address, int offset)
    {
        RegisterBlock? bus = BusOf(address);
        return bus == null || !IsInside(offset) ? uint.MaxValue : bus.Read32(Place(address, offset));
    }

    /// <inheritdoc/>
    public override void Write16(PciAddress address, int offset, ushort value)
    {
        if (IsInside(offset))
        {
            BusOf(address)?.Write16(Place(address, offset), value);
        }
    }

    /// <inheritdoc/>
    public override void Write32(PciAddress address, int offset, uint value)
    {
        if (IsInside(offset))
        {
            BusOf(address)?.Write32(Place(address, offset), value);
        }
    }

    private static bool IsInside(int offset) => offset >= 0 && offset < BytesOfFunction;

    private static uint Place(PciAddress address, int offset) =>
        ((uint)address.Device << 15) | ((uint)address.Function << 12) | (uint)offset;

    private RegisterBlock? BusOf(PciAddress address)
    {
        for (int i = 0; i < _ranges.Length; i++)
        {
            ConfigurationRange range = _ranges[i];
            if (range.Segment != address.Segment || address.Bus < range.FirstBus || address.Bus > range.LastBus)
            {
                continue;
            }

            int index = (i * Buses) + address.Bus;
            if (_buses[index] == null && !_unmappable[index])
            {
                ulong start = range.Address + ((ulong)address.Bus * BytesOfBus);
                _unmappable[index] = start < range.Address
                    || _space.Map(start, BytesOfBus, out _buses[index]) != DeviceMapping.Ok;
            }

            return _buses[index];
        }

        return null;
    }
}

using ToroCosmos.Seam;

namespace ToroCosmos.Pci;

/// <summary>
/// The configuration space by two ports, as every PC has it (PCI Local Bus 3.0, Software Generation of Configuration
/// Transactions): the first 256 bytes of the functions of segment 0. The two ports are one register: for one core at a time.
/// </summary>
public sealed class PortConfiguration : PciConfiguration
{
    private const ushort AddressPort = 0xCF8;
    private const ushort DataPort = 0xCFC;
    private const uint Enable = 1u << 31;
    private const int Bytes = 256;

    /// <inheritdoc/>
    public override int BytesOf(PciAddress address) => address.Segment == 0 ? Bytes : 0;

    /// <inheritdoc/>
    public override uint Read32(PciAddress address, int offset)
    {
        if (!Select(address, offset))
        {
            return uint.MaxValue;
        }

        return Port.Read32(DataPort);
    }

    /// <inheritdoc/>
    public override void Write16(PciAddress address, int offset, ushort value)
    {
        if (Select(address, offset))
        {
            Port.Write16((ushort)(DataPort + (offset & 2)), value);
        }
    }

    /// <inheritdoc/>
    public override void Write32(PciAddress address, int offset, uint value)
    {
        if (Select(address, offset))
        {
            Port.Write32(DataPort, value);
        }
    }

    private static bool Select(PciAddress address, int offset)
    {
        if (address.Segment != 0 || offset < 0 || offset >= Bytes)
        {
            return false;
        }

        uint place = ((uint)address.Bus << 16) | ((uint)address.Device << 11) | ((uint)address.Function << 8) | ((uint)offset & 0xFC);
        Port.Write32(AddressPort, Enable | place);
        return true;
    }
}

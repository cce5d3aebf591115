namespace ToroCosmos.Pci;

/// <summary>
/// Access to the configuration space of functions. Offsets are multiples of the access's width. A function that is not there,
/// and a register beyond the space, read as all ones; writes to them have no effect.
/// </summary>
public abstract class PciConfiguration
{
    /// <summary>How many bytes of a function's space there are: 256 of conventional PCI, 4096 of PCI Express.</summary>
    /// <param name="address">The function.</param>
    public abstract int BytesOf(PciAddress address);

    public abstract uint Read32(PciAddress address, int offset);

    public abstract void Write16(PciAddress address, int offset, ushort value);

    public abstract void Write32(PciAddress address, int offset, uint value);

    /// <summary>Reads two bytes, as part of the four around them: reading has no effect anywhere.</summary>
    public ushort Read16(PciAddress address, int offset) => (ushort)(Read32(address, offset & ~3) >> ((offset & 2) * 8));

    /// <summary>Reads a byte, as part of the four around it.</summary>
    public byte Read8(PciAddress address, int offset) => (byte)(Read32(address, offset & ~3) >> ((offset & 3) * 8));
}

using ToroCosmos.Seam;

namespace ToroCosmos.Pci;

/// <summary>Registers of a function in memory (PCI Local Bus 3.0, Base Addresses).</summary>
/// <param name="Address">Where the firmware put them.</param>
/// <param name="Bytes">How many bytes: a power of two.</param>
public readonly record struct PciBar(ulong Address, ulong Bytes)
{
    private const uint PortBit = 1;
    private const uint TypeMask = 6;
    private const uint Type32 = 0;
    private const uint Type64 = 4;
    private const uint MemoryMask = ~15u;

    /// <summary>Whether a stretch, given by the device, lies within.</summary>
    public bool Has(ulong offset, ulong bytes) => PhysicalMemory.IsBelow(offset, bytes, Bytes);

    /// <summary>Finds place and size: writes ones and sees which stick. The function must not decode addresses meanwhile.</summary>
    internal static PciBarStatus Read(PciFunction function, int index, out PciBar bar)
    {
        bar = default;
        int offset = PciRegister.FirstBar + (index * 4);
        uint low = function.Read32(offset);
        if ((low & PortBit) != 0)
        {
            return PciBarStatus.IsPorts;
        }

        bool isWide = (low & TypeMask) == Type64;
        if (!isWide && (low & TypeMask) != Type32)
        {
            return PciBarStatus.Malformed;
        }

        if (isWide && index + 1 >= function.BarCount)
        {
            return PciBarStatus.Malformed;
        }

        uint high = isWide ? function.Read32(offset + 4) : 0;
        ulong mask = Probe(function, offset, low) & MemoryMask;
        mask |= (ulong)(isWide ? Probe(function, offset + 4, high) : uint.MaxValue) << 32;
        if ((uint)mask == 0 && (!isWide || (uint)(mask >> 32) == 0))
        {
            return PciBarStatus.NoSuchBar;
        }

        // The bits that stick are the upper ones: what does not is the size.
        ulong bytes = ~mask + 1;
        if (bytes == 0 || (bytes & (bytes - 1)) != 0)
        {
            return PciBarStatus.Malformed;
        }

        ulong address = (low & MemoryMask) | ((ulong)high << 32);
        if (address == 0)
        {
            return PciBarStatus.NoAddress;
        }

        if ((address & (bytes - 1)) != 0 || address > ulong.MaxValue - (bytes - 1))
        {
            return PciBarStatus.Malformed;
        }

        bar = new PciBar(address, bytes);
        return PciBarStatus.Ok;
    }

    private static uint Probe(PciFunction function, int offset, uint value)
    {
        function.Write32(offset, uint.MaxValue);
        uint mask = function.Read32(offset);
        function.Write32(offset, value);
        return mask;
    }
}

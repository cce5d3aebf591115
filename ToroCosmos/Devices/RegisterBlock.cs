namespace ToroCosmos.Devices;

/// <summary>
/// Registers of a device, in the machine's address space or played by a test. An access is one access of its width, in the
/// order of the program; offsets are multiples of the width and lie within <see cref="Bytes"/>, which the caller sees to.
/// </summary>
[AnyCore]
public abstract class RegisterBlock
{
    /// <param name="bytes">How many bytes there are.</param>
    protected RegisterBlock(uint bytes)
    {
        Bytes = bytes;
    }

    /// <summary>How many bytes there are.</summary>
    public uint Bytes { get; }

    /// <summary>Whether so many bytes at an offset lie within the block.</summary>
    public bool Has(uint offset, uint bytes) => offset <= Bytes && bytes <= Bytes - offset;

    public abstract byte Read8(uint offset);

    public abstract ushort Read16(uint offset);

    public abstract uint Read32(uint offset);

    public abstract void Write8(uint offset, byte value);

    public abstract void Write16(uint offset, ushort value);

    public abstract void Write32(uint offset, uint value);
}

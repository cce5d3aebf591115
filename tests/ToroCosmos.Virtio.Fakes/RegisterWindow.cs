using ToroCosmos.Devices;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>A part of a device's registers; an access beyond it is a mistake of the driver's.</summary>
/// <param name="device">The registers.</param>
/// <param name="start">Where the part begins.</param>
/// <param name="bytes">How long it is.</param>
public sealed class RegisterWindow(RegisterBlock device, uint start, uint bytes) : RegisterBlock(bytes)
{
    /// <inheritdoc/>
    public override byte Read8(uint offset) => device.Read8(Place(offset, 1));

    /// <inheritdoc/>
    public override ushort Read16(uint offset) => device.Read16(Place(offset, 2));

    /// <inheritdoc/>
    public override uint Read32(uint offset) => device.Read32(Place(offset, 4));

    /// <inheritdoc/>
    public override void Write8(uint offset, byte value) => device.Write8(Place(offset, 1), value);

    /// <inheritdoc/>
    public override void Write16(uint offset, ushort value) => device.Write16(Place(offset, 2), value);

    /// <inheritdoc/>
    public override void Write32(uint offset, uint value) => device.Write32(Place(offset, 4), value);

    private uint Place(uint offset, uint width) =>
        Has(offset, width) && offset % width == 0
            ? start + offset
            : throw new DriverException($"An access of {width} bytes at {offset} of {Bytes}.");
}

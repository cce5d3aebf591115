namespace ToroCosmos.Virtio.Queue;

/// <summary>What the driver knows of a chain that the device has, in memory that no device sees.</summary>
internal struct ChainState
{
    /// <summary>The driver's own value for it.</summary>
    public nuint Token;

    /// <summary>How many bytes the device may write.</summary>
    public uint WritableBytes;

    /// <summary>How many descriptors of the ring it occupies; 0 for no chain.</summary>
    public ushort Descriptors;

    /// <summary>Its last slot in the <see cref="ChainTable"/>.</summary>
    public ushort Last;

    /// <summary>How many chains had been added before it, modulo 2^16.</summary>
    public ushort Position;
}

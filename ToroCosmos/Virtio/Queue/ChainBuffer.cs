namespace ToroCosmos.Virtio.Queue;

/// <summary>A buffer of a <see cref="BufferChain"/>.</summary>
internal struct ChainBuffer
{
    /// <summary>Its physical address.</summary>
    public ulong Address;

    /// <summary>Its length, in bytes.</summary>
    public uint Bytes;
}

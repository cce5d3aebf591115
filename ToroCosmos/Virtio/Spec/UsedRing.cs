namespace ToroCosmos.Virtio.Spec;

/// <summary>
/// Layout of the used ring (VirtIO 1.2, The Virtqueue Used Ring): flags, index, one <see cref="UsedElement"/> per
/// descriptor, and a last 16-bit field for VIRTIO_F_EVENT_IDX. Written by the device only.
/// </summary>
public static class UsedRing
{
    /// <summary>The ring's alignment, in bytes.</summary>
    public const int Alignment = 4;

    /// <summary>Offset of the 16-bit <see cref="UsedFlags"/>.</summary>
    public const int FlagsOffset = 0;

    /// <summary>Offset of the 16-bit free-running index: how many elements the device has ever used.</summary>
    public const int IndexOffset = 2;

    /// <summary>Offset of the first element.</summary>
    public const int ElementsOffset = 4;

    /// <summary>Offset of avail_event, in a ring for a queue of <paramref name="queueSize"/> descriptors.</summary>
    public static int AvailEventOffset(int queueSize) => ElementsOffset + (UsedElement.Bytes * queueSize);

    /// <summary>Size of the ring, in bytes, for a queue of <paramref name="queueSize"/> descriptors.</summary>
    public static int Bytes(int queueSize) => AvailEventOffset(queueSize) + sizeof(ushort);
}

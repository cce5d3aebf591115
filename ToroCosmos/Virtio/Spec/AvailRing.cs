namespace ToroCosmos.Virtio.Spec;

/// <summary>
/// Layout of the available ring (VirtIO 1.2, The Virtqueue Available Ring): flags, index, one 16-bit entry per
/// descriptor, and a last 16-bit field for VIRTIO_F_EVENT_IDX. Written by the driver only.
/// </summary>
public static class AvailRing
{
    /// <summary>The ring's alignment, in bytes.</summary>
    public const int Alignment = 2;

    /// <summary>Offset of the 16-bit <see cref="AvailFlags"/>.</summary>
    public const int FlagsOffset = 0;

    /// <summary>Offset of the 16-bit free-running index: how many entries the driver has ever made available.</summary>
    public const int IndexOffset = 2;

    /// <summary>Offset of the first entry.</summary>
    public const int EntriesOffset = 4;

    /// <summary>Size of an entry: the 16-bit number of the first descriptor of a chain.</summary>
    public const int EntryBytes = 2;

    /// <summary>Offset of used_event, in a ring for a queue of <paramref name="queueSize"/> descriptors.</summary>
    public static int UsedEventOffset(int queueSize) => EntriesOffset + (EntryBytes * queueSize);

    /// <summary>Size of the ring, in bytes, for a queue of <paramref name="queueSize"/> descriptors.</summary>
    public static int Bytes(int queueSize) => UsedEventOffset(queueSize) + sizeof(ushort);
}

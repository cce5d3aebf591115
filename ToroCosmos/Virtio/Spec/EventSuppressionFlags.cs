namespace ToroCosmos.Virtio.Spec;

/// <summary>Flags of an <see cref="EventSuppression"/> structure; the other bits are reserved.</summary>
public enum EventSuppressionFlags : ushort
{
    /// <summary>RING_EVENT_FLAGS_ENABLE: notify at every buffer.</summary>
    Enable = 0,

    /// <summary>RING_EVENT_FLAGS_DISABLE: never notify.</summary>
    Disable = 1,

    /// <summary>RING_EVENT_FLAGS_DESC: notify at the position; only with VIRTIO_F_EVENT_IDX.</summary>
    Descriptor = 2,

    /// <summary>The bits that are the flags.</summary>
    Mask = 3,
}

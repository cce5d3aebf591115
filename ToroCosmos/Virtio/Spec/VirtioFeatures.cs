using System;

namespace ToroCosmos.Virtio.Spec;

/// <summary>
/// The feature bits that mean the same for every device (VirtIO 1.2, Reserved Feature Bits). Bits 0 to 23 and 50 to 127 are
/// the device type's own.
/// </summary>
[Flags]
public enum VirtioFeatures : ulong
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>VIRTIO_F_INDIRECT_DESC: one descriptor may refer to a table with a whole chain.</summary>
    IndirectDescriptors = 1UL << 28,

    /// <summary>VIRTIO_F_EVENT_IDX: each side says by an index when it wants to be notified next.</summary>
    EventIndex = 1UL << 29,

    /// <summary>VIRTIO_F_VERSION_1: the device follows VirtIO 1.0 or later.</summary>
    Version1 = 1UL << 32,

    /// <summary>VIRTIO_F_ACCESS_PLATFORM: the device's access to memory may be translated or limited.</summary>
    AccessPlatform = 1UL << 33,

    /// <summary>VIRTIO_F_RING_PACKED: packed virtqueues.</summary>
    RingPacked = 1UL << 34,

    /// <summary>VIRTIO_F_IN_ORDER: buffers are used in the order in which they were made available.</summary>
    InOrder = 1UL << 35,

    /// <summary>VIRTIO_F_ORDER_PLATFORM: the device reads and writes memory as other hardware of the platform does.</summary>
    OrderPlatform = 1UL << 36,

    /// <summary>VIRTIO_F_SR_IOV: the device has virtual functions.</summary>
    SingleRootIoVirtualization = 1UL << 37,

    /// <summary>VIRTIO_F_NOTIFICATION_DATA: a notification carries the position in the queue.</summary>
    NotificationData = 1UL << 38,

    /// <summary>VIRTIO_F_NOTIF_CONFIG_DATA: a notification carries what the device asked for.</summary>
    NotificationConfigData = 1UL << 39,

    /// <summary>VIRTIO_F_RING_RESET: one queue can be reset alone.</summary>
    RingReset = 1UL << 40,
}

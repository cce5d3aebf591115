using System;

namespace ToroCosmos.Virtio.Spec;

/// <summary>Flags of the available ring (VirtIO 1.2, Used Buffer Notification Suppression).</summary>
[Flags]
public enum AvailFlags : ushort
{
    /// <summary>The driver wants a notification when the device has used a buffer.</summary>
    None = 0,

    /// <summary>VIRTQ_AVAIL_F_NO_INTERRUPT: the driver polls and wants no notification.</summary>
    NoInterrupt = 1,
}

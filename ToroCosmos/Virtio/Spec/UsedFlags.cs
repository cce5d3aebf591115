using System;

namespace ToroCosmos.Virtio.Spec;

/// <summary>Flags of the used ring (VirtIO 1.2, Available Buffer Notification Suppression).</summary>
[Flags]
public enum UsedFlags : ushort
{
    /// <summary>The device wants a notification when the driver has made a buffer available.</summary>
    None = 0,

    /// <summary>VIRTQ_USED_F_NO_NOTIFY: the device polls and wants no notification.</summary>
    NoNotify = 1,
}

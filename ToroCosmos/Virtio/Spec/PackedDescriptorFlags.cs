using System;

namespace ToroCosmos.Virtio.Spec;

/// <summary>Flags of a packed descriptor (VirtIO 1.2, Packed Virtqueues, Descriptor Flags).</summary>
[Flags]
public enum PackedDescriptorFlags : ushort
{
    /// <summary>A single buffer that the device only reads.</summary>
    None = 0,

    /// <summary>VIRTQ_DESC_F_NEXT: the chain goes on in the next descriptor.</summary>
    Next = 1,

    /// <summary>VIRTQ_DESC_F_WRITE: the device writes the buffer; when used, that it has written it.</summary>
    Write = 2,

    /// <summary>VIRTQ_DESC_F_INDIRECT: the buffer holds a table of descriptors.</summary>
    Indirect = 4,

    /// <summary>VIRTQ_DESC_F_AVAIL: equals the driver's wrap counter when made available.</summary>
    Avail = 1 << 7,

    /// <summary>VIRTQ_DESC_F_USED: the inverse of the driver's wrap counter when made available; equals Avail when used.</summary>
    Used = 1 << 15,
}

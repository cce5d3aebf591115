using System;

namespace ToroCosmos.Virtio.Spec;

/// <summary>Flags of a descriptor (VirtIO 1.2, The Virtqueue Descriptor Table).</summary>
[Flags]
public enum DescriptorFlags : ushort
{
    /// <summary>A single buffer that the device only reads.</summary>
    None = 0,

    /// <summary>VIRTQ_DESC_F_NEXT: the chain goes on at <see cref="Descriptor.Next"/>.</summary>
    Next = 1,

    /// <summary>VIRTQ_DESC_F_WRITE: the device writes the buffer; without it, the device reads it.</summary>
    Write = 2,

    /// <summary>VIRTQ_DESC_F_INDIRECT: the buffer holds a table of descriptors.</summary>
    Indirect = 4,
}

using System.Runtime.InteropServices;

namespace ToroCosmos.Virtio.Spec;

/// <summary>
/// One buffer of a split virtqueue (VirtIO 1.2, The Virtqueue Descriptor Table). 16 bytes, little-endian, written by the
/// driver only.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
public struct Descriptor
{
    /// <summary>Size of one descriptor, in bytes.</summary>
    public const int Bytes = 16;

    /// <summary>The table's alignment, in bytes.</summary>
    public const int Alignment = 16;

    /// <summary>Physical address of the buffer.</summary>
    [FieldOffset(0)]
    public ulong Address;

    /// <summary>Length of the buffer, in bytes.</summary>
    [FieldOffset(8)]
    public uint Length;

    /// <summary>What the device may do with the buffer and whether the chain goes on.</summary>
    [FieldOffset(12)]
    public DescriptorFlags Flags;

    /// <summary>Index of the next descriptor of the chain, when <see cref="DescriptorFlags.Next"/> is set.</summary>
    [FieldOffset(14)]
    public ushort Next;
}

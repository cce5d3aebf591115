using System.Runtime.InteropServices;

namespace ToroCosmos.Virtio.Spec;

/// <summary>
/// One descriptor of a packed virtqueue (VirtIO 1.2, The Virtqueue Descriptor Ring). 16 bytes, little-endian. The driver
/// writes it to make a buffer available; the device overwrites it to use one.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
public struct PackedDescriptor
{
    /// <summary>Size of one descriptor, in bytes.</summary>
    public const int Bytes = 16;

    /// <summary>The ring's alignment, in bytes.</summary>
    public const int Alignment = 16;

    /// <summary>Physical address of the buffer.</summary>
    [FieldOffset(0)]
    public ulong Address;

    /// <summary>Length of the buffer, in bytes; when used, how many bytes the device wrote.</summary>
    [FieldOffset(8)]
    public uint Length;

    /// <summary>The driver's name for the chain; what counts is that of the chain's last descriptor.</summary>
    [FieldOffset(12)]
    public ushort Id;

    /// <summary>What the device may do with the buffer, whether the chain goes on, and whose it is.</summary>
    [FieldOffset(14)]
    public PackedDescriptorFlags Flags;
}

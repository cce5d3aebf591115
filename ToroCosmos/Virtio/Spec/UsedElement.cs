using System.Runtime.InteropServices;

namespace ToroCosmos.Virtio.Spec;

/// <summary>One element of the used ring (VirtIO 1.2, The Virtqueue Used Ring). 8 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
public struct UsedElement
{
    /// <summary>Size of one element, in bytes.</summary>
    public const int Bytes = 8;

    /// <summary>Number of the first descriptor of the chain that was used; only 16 bits are meaningful.</summary>
    [FieldOffset(0)]
    public uint Id;

    /// <summary>How many bytes the device wrote into the chain, from its beginning.</summary>
    [FieldOffset(4)]
    public uint Length;
}

namespace ToroCosmos.Virtio.Spec;

/// <summary>What holds for a packed virtqueue as a whole (VirtIO 1.2, Packed Virtqueues).</summary>
public static class PackedVirtqueue
{
    /// <summary>The most descriptors that a queue can have.</summary>
    public const int MaximumSize = 32768;

    /// <summary>Whether a queue may have this many descriptors: from 1 to the maximum, no power of two is needed.</summary>
    public static bool IsValidSize(int queueSize) => queueSize > 0 && queueSize <= MaximumSize;

    /// <summary>Size of the descriptor ring, in bytes.</summary>
    public static int DescriptorRingBytes(int queueSize) => PackedDescriptor.Bytes * queueSize;
}

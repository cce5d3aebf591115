namespace ToroCosmos.Virtio.Spec;

/// <summary>What holds for a split virtqueue as a whole (VirtIO 1.2, Split Virtqueues).</summary>
public static class SplitVirtqueue
{
    /// <summary>The most descriptors that a queue can have.</summary>
    public const int MaximumSize = 32768;

    /// <summary>Whether a queue may have this many descriptors: a power of two, up to the maximum.</summary>
    public static bool IsValidSize(int queueSize) =>
        queueSize > 0 && queueSize <= MaximumSize && (queueSize & (queueSize - 1)) == 0;

    /// <summary>Size of the descriptor table, in bytes.</summary>
    public static int DescriptorTableBytes(int queueSize) => Descriptor.Bytes * queueSize;
}

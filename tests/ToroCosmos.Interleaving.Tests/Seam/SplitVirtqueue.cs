using System;
using System.Numerics;

namespace ToroCosmos.Virtio.Spec;

/// <summary>The product's, but that a planted fault lets a size through that the specification forbids.</summary>
public static class SplitVirtqueue
{
    public const int MaximumSize = 32768;

    [ThreadStatic]
    private static bool s_anySizeIsValid;

    /// <summary>The fault; of the calling thread only.</summary>
    public static bool AnySizeIsValid
    {
        get => s_anySizeIsValid;
        set => s_anySizeIsValid = value;
    }

    public static bool IsValidSize(int queueSize) =>
        queueSize > 0 && queueSize <= MaximumSize && (BitOperations.IsPow2(queueSize) || AnySizeIsValid);

    public static int DescriptorTableBytes(int queueSize) => Descriptor.Bytes * queueSize;
}

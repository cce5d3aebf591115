namespace ToroCosmos.Seam;

/// <summary>
/// Copies with the processor's vector registers. Part of the hardware seam: IL2CPU has no word for them.
/// </summary>
public static unsafe partial class VectorCopy
{
    /// <summary>What one call copies.</summary>
    public const int LineBytes = 64;

    /// <summary>Whether this toolchain can.</summary>
    public static partial bool IsSupported { get; }

    /// <summary>Copies <see cref="LineBytes"/> between stretches that do not overlap; any alignment.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="source">Where from.</param>
    public static partial void CopyLine(byte* destination, byte* source);
}

using System.Runtime.InteropServices;

namespace ToroCosmos.Memory;

/// <summary>What <see cref="CopyMeasurement"/> copies.</summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct CopySample
{
    /// <summary>A message of common length, which the first cache holds twice.</summary>
    public const int Bytes = 1024;
}

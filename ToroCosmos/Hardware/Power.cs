using System.Diagnostics.CodeAnalysis;

namespace ToroCosmos.Hardware;

/// <summary>Ends the machine. Part of the hardware seam.</summary>
public static partial class Power
{
    /// <summary>
    /// Ends the machine: by ACPI S5, before which a failing code goes to QEMU's isa-debug-exit where that device is; else by
    /// halting.
    /// </summary>
    /// <param name="exitCode">0 for success.</param>
    [DoesNotReturn]
    public static partial void Off(int exitCode);
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Hardware;

/// <summary>Ends the machine. Part of the hardware seam.</summary>
public static class Power
{
    /// <summary>
    /// Ends the machine: by ACPI S5, before which a failing code goes to QEMU's isa-debug-exit where that device is; else by
    /// halting.
    /// </summary>
    /// <param name="exitCode">0 for success.</param>
    [DoesNotReturn]
    [RuntimeImport("*", "ToroPowerOff")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Off(int exitCode);
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using ToroCosmos.Acpi;
using ToroCosmos.Hardware;
using ToroCosmos.NativeAot.Smp;

namespace ToroCosmos.NativeAot.Power;

/// <summary>Ends the machine, by whatever it has.</summary>
internal static class PowerOff
{
    /// <summary>QEMU's isa-debug-exit: a value written leaves QEMU with status 2 * value + 1.</summary>
    private const ushort DebugExit = 0xF4;

    /// <summary>Keeps our statuses (33 + 2 * code) apart from QEMU's own 0 and 1.</summary>
    private const uint DebugExitBase = 16;

    /// <summary>
    /// A clean end powers off by ACPI, with which QEMU exits with 0, and uses the debug exit only where that is not
    /// possible; a failing one tries the debug exit first, because ACPI carries no exit code.
    /// </summary>
    [DoesNotReturn]
    [RuntimeExport("ToroPowerOff")]
    public static void Now(int exitCode)
    {
        uint code = (uint)exitCode > 100 ? 100 : (uint)exitCode;
        if (code != 0)
        {
            Port.Write32(DebugExit, DebugExitBase + code);
        }

        AcpiPower.TryOff();
        Port.Write32(DebugExit, DebugExitBase + code);
        while (true)
        {
            NativeCpu.DisableInterruptsAndHalt();
        }
    }
}

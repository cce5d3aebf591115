using System.Diagnostics.CodeAnalysis;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Power;

/// <summary>Ends the machine, by whatever it has.</summary>
public static class MachinePower
{
    /// <summary>QEMU's isa-debug-exit: a value written leaves QEMU with status 2 * value + 1.</summary>
    private const ushort DebugExit = 0xF4;

    /// <summary>Keeps our statuses (33 + 2 * code) apart from QEMU's own 0 and 1.</summary>
    private const uint DebugExitBase = 16;

    private const uint LargestCode = 100;

    private static bool s_saidThatItHalts;

    /// <summary>
    /// Ends the machine, once all that was printed has left the serial port. A clean end powers off by ACPI S5, with which
    /// QEMU exits with 0, and uses QEMU's isa-debug-exit only where that is not possible; a failing one tries the debug
    /// exit first, because ACPI carries no exit code. Where neither ends the machine, it says so, and this core halts for
    /// ever.
    /// </summary>
    /// <param name="exitCode">0 for success; above 100 and below 0 it counts as 100.</param>
    [DoesNotReturn]
    public static void Off(int exitCode)
    {
        uint code = (uint)exitCode > LargestCode ? LargestCode : (uint)exitCode;
        MachineSerialPort.Drain();
        if (code != 0)
        {
            Port.Write32(DebugExit, DebugExitBase + code);
        }

        AcpiPower.TryOff();
        Port.Write32(DebugExit, DebugExitBase + code);
        SayThatItHalts(code == 0);
        while (true)
        {
            Cpu.DisableInterruptsAndHalt();
        }
    }

    private static void SayThatItHalts(bool ended)
    {
        // Once: a console that cannot be written any more panics, and a panic ends here too.
        if (!s_saidThatItHalts)
        {
            s_saidThatItHalts = true;
            MachineConsole.WriteLine(ended
                ? "ToroCosmos: the kernel has ended; this machine cannot be turned off, it halts"u8
                : "ToroCosmos: the kernel has failed; this machine cannot be turned off, it halts"u8);
        }
    }
}

using System;
using System.IO;
using System.Linq;
using TestRunner.Machines;
using TestRunner.Runs;

namespace ToroCosmos.Boot.Tests;

/// <summary>
/// A microvm whose firmware leaves neither ACPI nor MultiProcessor tables: qboot, in whose image the name of the latter is
/// another one.
/// </summary>
/// <param name="hasDebugExit">Whether QEMU's debug exit is where kernels look for it. Where not, nothing can end the machine.</param>
internal sealed class NoTablesLauncher(bool hasDebugExit) : IMachineLauncher
{
    private static readonly string[] s_places = ["/usr/share/qemu/qboot.rom", "/usr/local/share/qemu/qboot.rom"];

    /// <summary>Why there is no such machine on this computer, or null.</summary>
    public static string? WhyNot => Firmware is null ? "QEMU's firmware qboot is not installed." : null;

    private static string? Firmware => s_places.FirstOrDefault(File.Exists);

    public IMachineProcess Start(MachineSpec machine)
    {
        var folder = new TemporaryFolder();
        byte[] firmware = File.ReadAllBytes(Firmware!);
        int name = firmware.AsSpan().IndexOf("_MP_"u8);
        if (name < 0)
        {
            throw new MachineException($"{Firmware} has no name of the MultiProcessor tables in it.");
        }

        firmware[name] = (byte)'-';
        string changed = folder.File("qboot.rom");
        File.WriteAllBytes(changed, firmware);
        return QemuProcess.Start(
            ProgramFinder.Find(QemuCommand.Program) ?? throw new MachineException($"{QemuCommand.Program} is not on the PATH."),
            socket =>
            [
                .. QemuCommand.Arguments(machine, Accelerator.TcgSingle, null, socket)
                    .Select(word => hasDebugExit ? word : word.Replace("iobase=0xf4", "iobase=0x5f4", StringComparison.Ordinal)),
                "-bios", changed,
            ],
            folder);
    }
}

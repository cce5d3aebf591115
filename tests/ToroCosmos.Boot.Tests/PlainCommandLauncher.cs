using TestRunner.Machines;
using TestRunner.Runs;

namespace ToroCosmos.Boot.Tests;

/// <summary>
/// Starts QEMU the way a person does who has only the ISO: its defaults for everything but the cores and the serial
/// line, and no debug exit. The monitor is the runner's; it tells how the machine ended.
/// </summary>
internal sealed class PlainCommandLauncher : IMachineLauncher
{
    public IMachineProcess Start(MachineSpec machine)
    {
        string qemu = ProgramFinder.Find(QemuCommand.Program)
            ?? throw new MachineException($"{QemuCommand.Program} is not on the PATH.");
        return QemuProcess.Start(
            qemu,
            socket =>
            [
                "-cdrom", machine.Image.Path, "-smp", $"{machine.Cores}", "-serial", "stdio",
                "-display", "none", "-S", "-qmp", $"unix:{QemuCommand.Escape(socket)}",
            ],
            new TemporaryFolder());
    }
}

using System;
using System.IO;
using TestRunner.Machines;

namespace TestRunner.Runs;

/// <summary>Starts machines on QEMU.</summary>
public sealed class QemuLauncher : IMachineLauncher
{
    private readonly Action<AcceleratorDecision>? _decided;

    /// <param name="decided">Told which accelerator was taken, before the machine starts.</param>
    public QemuLauncher(Action<AcceleratorDecision>? decided = null)
    {
        _decided = decided;
    }

    public IMachineProcess Start(MachineSpec machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string qemu = ProgramFinder.Find(QemuCommand.Program)
            ?? throw new MachineException(
                $"{QemuCommand.Program} is not on the PATH. './build.sh --target=Setup' installs it.");

        var probe = new KvmProbe(qemu, KvmProbeMemory.OfUser());
        AcceleratorDecision decision = new AcceleratorChooser(Environment.ProcessorCount, WantsKvm(machine) ? probe.Ask : NoKvm)
            .Choose(machine.Accelerator, machine.Cores);
        _decided?.Invoke(decision);

        var folder = new TemporaryFolder();
        try
        {
            UefiFiles? uefi = machine.Firmware == FirmwareKind.Uefi ? CopyUefi(folder) : null;
            return QemuProcess.Start(
                qemu,
                socket => QemuCommand.Arguments(machine, decision.Accelerator, uefi, socket),
                folder,
                isDebugged: machine.GdbPort is not null);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Under KVM a breakpoint is an instruction in memory, which the boot loader overwrites with the kernel; TCG keeps
    /// breakpoints apart.
    /// </summary>
    private static bool WantsKvm(MachineSpec machine) =>
        machine.GdbPort is null || machine.Accelerator == AcceleratorChoice.Kvm;

    private static KvmAnswer NoKvm() => new(Usable: false, "the machine is debugged", ProbedNow: false);

    /// <summary>The firmware writes its variables: each machine has its own copy and starts from the same state.</summary>
    private static UefiFiles CopyUefi(TemporaryFolder folder)
    {
        UefiFiles files = UefiFirmware.Find()
            ?? throw new MachineException(
                "The UEFI firmware OVMF is not installed. './build.sh --target=Setup' installs it; Debian's package is ovmf.");
        if (files.Variables is null)
        {
            return files;
        }

        string copy = folder.File("variables.fd");
        File.Copy(files.Variables, copy);
        return files with { Variables = copy };
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using TestRunner.Bochs;
using TestRunner.Machines;
using TestRunner.VMware;

namespace TestRunner.Probing;

/// <summary>Finds out what this computer can do by trying it.</summary>
public sealed class Host : IHost
{
    private readonly ConcurrentDictionary<string, Lazy<ProbeFinding>> _findings = new();
    private readonly Lazy<BochsInstallation?> _bochs = new(BochsInstallation.Find);
    private readonly string? _qemu = ProgramFinder.Find(QemuCommand.Program);

    public ProbeFinding Qemu => Once("hypervisor", "qemu", () => (null, $"{QemuTrial.Version(_qemu!)} ({_qemu})"));

    public ProbeFinding Vmware => Once(
        "hypervisor",
        "vmware",
        () => VmrunCommand.Find() is { } vmrun
            ? (null, $"{vmrun}, never tried by the runner's authors")
            : ("vmrun is not on the PATH nor where VMware installs it", ""),
        needsQemu: false);

    public ProbeFinding Bochs => Once(
        "hypervisor",
        "bochs",
        () => AskBochs(bochs => (bochs.WhyNotStarted(), $"{bochs.Version} ({bochs.Program})")),
        needsQemu: false);

    /// <summary>The processors of Bochs that a kernel of 64 bits can run on.</summary>
    private ProbeFinding BochsProcessors => Once(
        "processor",
        "bochs",
        () => AskBochs(bochs => (null, string.Join(", ", bochs.Models.Where(BochsModels.Has64Bits)))),
        needsQemu: false);

    public ProbeFinding X2Apic => Once(
        "processor",
        "x2apic",
        () =>
        {
            Accelerator accelerator = Accelerator(Machines.Accelerator.Kvm).Works ? Machines.Accelerator.Kvm : Machines.Accelerator.TcgMulti;
            IReadOnlyList<string> arguments = QemuCommand.AcceleratorArguments(accelerator);
            // "enforce" makes QEMU refuse what it would otherwise leave out with a warning.
            string? whyNot = QemuTrial.WhyNot(_qemu!, ["-machine", "pc", .. arguments, "-cpu", "max,+x2apic,enforce"]);
            return whyNot is null
                ? (null, $"on {arguments[1]}")
                : ($"{QemuTrial.Version(_qemu!)} has none on {arguments[1]}: {whyNot}", "");
        });

    /// <summary>Everything, in the order for people.</summary>
    public IEnumerable<ProbeFinding> All()
    {
        yield return Qemu;
        yield return Vmware;
        yield return Bochs;
        yield return Firmware(FirmwareKind.Bios);
        yield return Firmware(FirmwareKind.Uefi);
        yield return Accelerator(Machines.Accelerator.Kvm);
        yield return Accelerator(Machines.Accelerator.TcgMulti);
        yield return Accelerator(Machines.Accelerator.TcgSingle);
        yield return Accelerator(Machines.Accelerator.TcgCounted);
        yield return Machine(MachineType.Pc);
        yield return Machine(MachineType.Q35);
        yield return Machine(MachineType.Microvm);
        yield return X2Apic;
        yield return BochsProcessors;
    }

    public ProbeFinding BochsProcessor(string model) => Once(
        "processor",
        $"bochs {model}",
        () => AskBochs(bochs => (bochs.WhyNot(model), bochs.Version)),
        needsQemu: false);

    public ProbeFinding Firmware(FirmwareKind firmware) => firmware == FirmwareKind.Bios
        ? Once("firmware", "bios", () => (null, "SeaBIOS, part of QEMU"))
        : Once(
            "firmware",
            "uefi",
            () => UefiFirmware.Find() is { } files ? (null, $"OVMF ({files.Code})") : ("OVMF is not installed (Debian: ovmf)", ""),
            needsQemu: false);

    public ProbeFinding Accelerator(Accelerator accelerator) => Once(
        "accelerator",
        accelerator switch
        {
            Machines.Accelerator.Kvm => "kvm",
            Machines.Accelerator.TcgSingle => "tcg-single",
            Machines.Accelerator.TcgCounted => "tcg-counted",
            _ => "tcg",
        },
        () =>
        {
            if (accelerator == Machines.Accelerator.Kvm)
            {
                KvmAnswer answer = new KvmProbe(_qemu!, KvmProbeMemory.OfUser()).Ask();
                return answer.Usable ? (null, answer.Reason) : (answer.Reason, "");
            }

            string threads = accelerator switch
            {
                Machines.Accelerator.TcgSingle => "one host thread for all cores",
                Machines.Accelerator.TcgCounted => "one host thread for all cores, a clock that instructions drive",
                _ => "a host thread for each core",
            };
            return (QemuTrial.WhyNot(_qemu!, ["-machine", "pc", .. QemuCommand.AcceleratorArguments(accelerator)]), threads);
        });

    public ProbeFinding Machine(MachineType machine) => Once(
        "machine",
        MachineWords.WordFor(MachineWords.Machines, machine),
        () => (QemuTrial.WhyNot(_qemu!, ["-accel", "tcg", "-machine", QemuCommand.MachineArgument(machine)]), QemuCommand.MachineArgument(machine)));

    private (string? WhyNot, string Detail) AskBochs(Func<BochsInstallation, (string? WhyNot, string Detail)> ask)
    {
        try
        {
            return _bochs.Value is { } bochs ? ask(bochs) : (BochsCommand.HowToInstall, "");
        }
        catch (MachineException exception)
        {
            return (exception.Message.TrimEnd('.'), "");
        }
    }

    private ProbeFinding Once(string kind, string name, Func<(string? WhyNot, string Detail)> find, bool needsQemu = true) =>
        _findings.GetOrAdd($"{kind} {name}", _ => new Lazy<ProbeFinding>(() =>
        {
            (string? whyNot, string detail) = needsQemu && _qemu is null
                ? ($"{QemuCommand.Program} is not on the PATH; './build.sh --target=Setup' installs it", "")
                : find();
            return new ProbeFinding(kind, name, whyNot is null, whyNot ?? detail);
        })).Value;
}

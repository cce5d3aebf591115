using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Bochs;
using TestRunner.Machines;
using TestRunner.Reports;
using TestRunner.Runs;

namespace TestRunner.Cli;

/// <summary>The command <c>run</c>: one kernel on one machine.</summary>
internal sealed class RunCommand : Command
{
    private readonly Argument<string> _image = new("image") { Description = "The kernel: an ELF file (booted directly) or an ISO image." };
    private readonly Option<int?> _cores = OptionFactory.Number("--cores", "Virtual cores (3).", 1, MachineLimits.MaximumCores);
    private readonly Option<int?> _memory = OptionFactory.Number("--memory", "Memory in MB (128).", 1, 1024 * 1024);
    private readonly Option<MachineType> _machine = OptionFactory.Choice("--machine", "The machine (pc).", MachineWords.Machines);
    private readonly Option<Topology?> _topology = OptionFactory.Parsed(
        "--topology", "SPREAD", $"Spread of the cores: {Topology.Form}.", Topology.Parse);

    private readonly Option<string?> _cpu = OptionFactory.Parsed<string?>(
        "--cpu", "NAME", "The processor, by QEMU's or Bochs' name (qemu64; on Bochs bx_generic).", QemuName.ParseCpu);

    private readonly Option<AcceleratorChoice> _accelerator = OptionFactory.Choice(
        "--accel", "What runs the machine; auto takes KVM where it really works (auto).", MachineWords.Accelerators);

    private readonly Option<FirmwareKind> _firmware =
        OptionFactory.Choice("--firmware", "What runs before the boot loader (bios).", MachineWords.Firmwares);

    private readonly Option<AcpiChoice> _acpi =
        OptionFactory.Choice("--acpi", "Whether the firmware leaves ACPI tables (on).", MachineWords.Acpi);

    private readonly Option<HypervisorKind> _hypervisor =
        OptionFactory.Choice("--hypervisor", "What provides the machine (qemu); vmware and bochs boot the ISO.", MachineWords.Hypervisors);

    private readonly Option<string[]> _devices = OptionFactory.Repeated(
        "--device", "A further device as QEMU's -device takes it, such as virtio-rng-pci; may be repeated.", QemuName.ParseDevice);

    private readonly (DeviceBackendKind Kind, Option<string[]> Option)[] _backends =
    [
        Backend(DeviceBackendKind.Drive, "--drive", "A disk for a device, such as if=none,id=disk,format=raw,file=disk.img"),
        Backend(DeviceBackendKind.Network, "--netdev", "A network for a device, such as user,id=net"),
        Backend(DeviceBackendKind.Character, "--chardev", "A stream of bytes for a device, such as pipe,id=console,path=console"),
        Backend(DeviceBackendKind.Named, "--object", "An object of QEMU's"),
        Backend(DeviceBackendKind.Global, "--global", "A property of all devices of a kind, such as virtio-mmio.force-legacy=false"),
        Backend(DeviceBackendKind.Monitor, "--mon", "A further monitor of QEMU's, such as chardev=monitor,mode=control"),
    ];

    private readonly Option<string?> _append =
        new("--append") { Description = "The kernel's command line (ELF only).", HelpName = "TEXT" };

    private readonly Option<string?> _initrd = OptionFactory.File("--initrd", "Linux's initial RAM disk, when the kernel is Linux.");

    private readonly Option<int?> _gdb = OptionFactory.OptionalNumber(
        "--gdb", "PORT", $"The machine waits for gdb, at this port ({GdbPort.Default}, or any that is free).", 1, GdbPort.Maximum);

    private readonly Option<TimeSpan?> _timeout = OptionFactory.Parsed<TimeSpan?>(
        "--timeout", "TIME", "When a machine that has not ended is ended: 60s, 500ms, 2m (60s; with --gdb never).", text => Duration.Parse(text));

    private readonly Option<TimeSpan?> _silence = OptionFactory.Parsed<TimeSpan?>(
        "--silence", "TIME", "A machine that prints nothing for so long hangs (20s; with --gdb never).", text => Duration.Parse(text));

    private readonly Option<string?> _expect = OptionFactory.File("--expect", "The exact lines to expect.");
    private readonly Option<bool> _tests = new("--tests") { Description = "Judge by the tests that the kernel tells of." };
    private readonly Option<string?> _serial = OptionFactory.File("--serial", "Keeps the serial line's bytes as they come.");
    private readonly Option<string?> _junit = OptionFactory.File("--junit", "Writes the result as JUnit's XML.");
    private readonly Option<string?> _tap = OptionFactory.File("--tap", "Writes the result in the Test Anything Protocol.");

    public RunCommand()
        : base("run", "Boots a kernel, shows its serial line and judges it.")
    {
        Arguments.Add(_image);
        foreach (Option option in (Option[])
            [
                _cores, _memory, _machine, _topology, _cpu, _accelerator, _firmware, _acpi, _hypervisor, _devices, _append, _initrd,
                _gdb, _timeout, _silence, _expect, _tests, _serial, _junit, _tap,
            ])
        {
            Options.Add(option);
        }

        foreach ((_, Option<string[]> option) in _backends)
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        MachineSpec machine;
        RunExpectation expectation;
        TimeSpan limit;
        Stream? log = null;
        IReadOnlyList<ReportFile> reports;
        try
        {
            machine = MachineOf(parsed);
            limit = parsed.GetValue(_timeout) ?? Unless(machine.GdbPort, TimeSpan.FromSeconds(60));
            expectation = ExpectationOf(parsed, machine);
            // Unbuffered: what the kernel printed last is in the file even if the runner is killed.
            log = parsed.GetValue(_serial) is { } path
                ? new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0)
                : null;
            reports = ReportFile.Open(parsed.GetValue(_junit), parsed.GetValue(_tap));
        }
        catch (Exception exception) when (
            exception is FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            log?.Dispose();
            ConsoleReport.Error(exception.Message);
            return ExitCode.BadUsage;
        }

        IMachineLauncher launcher = MachineLaunchers.For(machine.Hypervisor, decision => ConsoleReport.Start(machine, decision));
        string suite = Path.GetFileName(machine.Image.Path);
        string name = machine.Describe();
        await using (log)
        {
            var run = new MachineRun(launcher)
            {
                LineRead = ConsoleReport.Line,
                SerialLog = log,
                Silence = parsed.GetValue(_silence) ?? Unless(machine.GdbPort, MachineRun.DefaultSilence),
            };
            try
            {
                RunResult result = await run.RunAsync(machine, expectation, limit, cancellation).ConfigureAwait(false);
                ConsoleReport.End(result);
                Write(reports, [.. CaseReport.AllOf(suite, name, result)]);
                return (int)result.Verdict;
            }
            catch (OperationCanceledException)
            {
                const string Message = "interrupted; the machine was ended.";
                ConsoleReport.Error(Message);
                Write(reports, [new CaseReport(suite, name, CaseOutcome.Broken, TimeSpan.Zero) { Message = Message }]);
                return ExitCode.Interrupted;
            }
            catch (IOException exception)
            {
                // A disk is full, for example. A log or report that is lost must not look like a pass.
                ConsoleReport.Error($"a file could not be written; the machine was ended: {exception.Message}");
                return (int)Verdict.NotStarted;
            }
            finally
            {
                foreach (ReportFile report in reports)
                {
                    report.Dispose();
                }
            }
        }
    }

    private static (DeviceBackendKind Kind, Option<string[]> Option) Backend(DeviceBackendKind kind, string name, string description) =>
        (kind, OptionFactory.Repeated(name, $"{description}; may be repeated.", text => DeviceBackend.Parse(kind, text).Text));

    /// <summary>A machine that is debugged stands still as long as its user thinks.</summary>
    private static TimeSpan Unless(int? gdbPort, TimeSpan limit) => gdbPort is null ? limit : Timeout.InfiniteTimeSpan;

    private static void Write(IReadOnlyList<ReportFile> reports, IReadOnlyList<CaseReport> cases)
    {
        foreach (ReportFile report in reports)
        {
            report.Write(cases);
        }
    }

    private MachineSpec MachineOf(ParseResult parsed)
    {
        Topology? topology = parsed.GetValue(_topology);
        var machine = new MachineSpec
        {
            Image = BootImage.Open(parsed.GetValue(_image)!),
            Cores = parsed.GetValue(_cores) ?? topology?.Processors ?? 3,
            MemoryMegabytes = parsed.GetValue(_memory) ?? 128,
            Type = parsed.GetValue(_machine),
            Topology = topology,
            Cpu = parsed.GetValue(_cpu),
            Accelerator = parsed.GetValue(_accelerator),
            Firmware = parsed.GetValue(_firmware),
            Acpi = parsed.GetValue(_acpi),
            Append = parsed.GetValue(_append) ?? "",
            InitialRamDisk = parsed.GetValue(_initrd),
            Hypervisor = parsed.GetValue(_hypervisor),
            Devices = parsed.GetValue(_devices) ?? [],
            Backends =
            [
                .. _backends.SelectMany(backend => (parsed.GetValue(backend.Option) ?? [])
                    .Select(text => new DeviceBackend(backend.Kind, text))),
            ],
            GdbPort = parsed.GetResult(_gdb) is null ? null : GdbPort.Choose(parsed.GetValue(_gdb)),
        };
        return (machine.FindContradiction() ?? FindUnknownProcessor(machine)) is { } contradiction
            ? throw new FormatException(contradiction)
            : machine;
    }

    /// <summary>Bochs has a list of processors; one that is not in it is a slip.</summary>
    private static string? FindUnknownProcessor(MachineSpec machine)
    {
        try
        {
            return machine is { Hypervisor: HypervisorKind.Bochs, Cpu: { } model } && BochsInstallation.Find()?.WhyNot(model) is { } whyNot
                ? $"--cpu: {whyNot}."
                : null;
        }
        catch (MachineException)
        {
            // A Bochs that does not answer is told when the machine is started.
            return null;
        }
    }

    private RunExpectation ExpectationOf(ParseResult parsed, MachineSpec machine)
    {
        Transcript? transcript = parsed.GetValue(_expect) is { } path ? Transcript.Read(path) : null;
        bool tests = parsed.GetValue(_tests);
        return tests && transcript is not null
            ? throw new FormatException("--expect and --tests are two ways to judge: give one of them.")
            : new RunExpectation(transcript, machine.Firmware == FirmwareKind.Uefi) { KernelTests = tests };
    }
}

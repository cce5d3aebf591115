using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Cli;

/// <summary>The command <c>run</c>: one kernel on one machine.</summary>
internal sealed class RunCommand : Command
{
    private readonly Argument<string> _image = new("image") { Description = "The kernel: an ELF file or an ISO image." };
    private readonly Option<int?> _cores = OptionFactory.Number("--cores", "Number of virtual cores (3).", 1, 255);
    private readonly Option<int?> _memory = OptionFactory.Number("--memory", "Memory in MB (128).", 1, 1024 * 1024);
    private readonly Option<MachineType> _machine =
        OptionFactory.Choice("--machine", "The chipset.", ("pc", MachineType.Pc), ("q35", MachineType.Q35));

    private readonly Option<Topology?> _topology =
        OptionFactory.Parsed("--topology", $"Spread of the cores: {Topology.Form}.", Topology.Parse);

    private readonly Option<string?> _cpu = new("--cpu") { Description = "QEMU's name of the processor (QEMU's default)." };
    private readonly Option<AcceleratorChoice> _accelerator = OptionFactory.Choice(
        "--accel",
        "What runs the machine.",
        ("auto", AcceleratorChoice.Auto),
        ("tcg", AcceleratorChoice.Tcg),
        ("tcg-single", AcceleratorChoice.TcgSingle),
        ("kvm", AcceleratorChoice.Kvm));

    private readonly Option<FirmwareKind> _firmware = OptionFactory.Choice(
        "--firmware", "What runs before the boot loader.", ("bios", FirmwareKind.Bios), ("uefi", FirmwareKind.Uefi));

    private readonly Option<string?> _append = new("--append", "-append") { Description = "The kernel's command line (ELF only)." };
    private readonly Option<TimeSpan?> _timeout = OptionFactory.Parsed<TimeSpan?>(
        "--timeout", "When a machine that has not ended is ended: 60s, 500ms, 2m (60s).", text => Duration.Parse(text));

    private readonly Option<string?> _expect = new("--expect") { Description = "A file with the exact lines to expect." };
    private readonly Option<string?> _serial = new("--serial") { Description = "A file for the serial line's bytes." };

    public RunCommand()
        : base("run", "Boots a kernel, shows its serial line and judges it.")
    {
        Arguments.Add(_image);
        foreach (Option option in (Option[])
            [
                _cores, _memory, _machine, _topology, _cpu, _accelerator, _firmware, _append, _timeout, _expect, _serial,
            ])
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
        Stream? log;
        try
        {
            machine = MachineOf(parsed);
            limit = parsed.GetValue(_timeout) ?? TimeSpan.FromSeconds(60);
            expectation = ExpectationOf(parsed, machine);
            // Unbuffered: what the kernel printed last is in the file even if the runner is killed.
            log = parsed.GetValue(_serial) is { } path
                ? new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0)
                : null;
        }
        catch (Exception exception) when (
            exception is FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            ConsoleReport.Error(exception.Message);
            return ExitCode.BadUsage;
        }

        await using (log)
        {
            var run = new MachineRun(new QemuLauncher(decision => ConsoleReport.Start(machine, decision)))
            {
                LineRead = ConsoleReport.Line,
                SerialLog = log,
            };
            try
            {
                RunResult result = await run.RunAsync(machine, expectation, limit, cancellation).ConfigureAwait(false);
                ConsoleReport.End(result);
                return (int)result.Verdict;
            }
            catch (OperationCanceledException)
            {
                ConsoleReport.Error("interrupted; the machine was ended.");
                return ExitCode.Interrupted;
            }
            catch (IOException exception)
            {
                // The log's disk is full, for example. What was seen is no verdict on the kernel.
                ConsoleReport.Error($"the run was broken off, the machine was ended: {exception.Message}");
                return (int)Verdict.NotStarted;
            }
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
            Append = parsed.GetValue(_append) ?? "",
        };
        return machine.FindContradiction() is { } contradiction ? throw new FormatException(contradiction) : machine;
    }

    private RunExpectation ExpectationOf(ParseResult parsed, MachineSpec machine)
    {
        Transcript? transcript = parsed.GetValue(_expect) is { } path ? Transcript.Read(path) : null;
        return new RunExpectation(transcript, machine.Firmware == FirmwareKind.Uefi);
    }
}

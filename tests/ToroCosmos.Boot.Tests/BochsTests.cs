using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Bochs;
using TestRunner.Machines;
using TestRunner.Probing;
using TestRunner.Runs;
using Xunit;

namespace ToroCosmos.Boot.Tests;

/// <summary>How machines end on a real Bochs; what the demo does there is in the matrix.</summary>
public sealed class BochsTests : IDisposable
{
    private static readonly ProbeFinding s_bochs = new Host().Bochs;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task A_triple_fault_names_the_first_processor_and_its_instruction()
    {
        RunResult result = await RunAsync("alive\n", TinyDisc.TripleFault.ToArray());

        Assert.Equal(Verdict.Panicked, result.Verdict);
        Assert.Equal(new MachineFault(0, GeneralProtection, 0x07C0, TinyDisc.BreakpointOffset, 0), result.End!.Fault);
        Assert.Equal(
            "a triple fault on processor 0: exception 13 at 07c0:0000000000000031, CR2 0x0; the last line was \"alive\"", result.Cause);
    }

    [SkippableFact]
    public async Task A_triple_fault_names_another_processor_and_its_instruction()
    {
        RunResult result = await RunAsync("alive\n", TinyDisc.TripleFaultOnTheOthers.ToArray());

        Assert.Equal(Verdict.Panicked, result.Verdict);
        Assert.Equal(new MachineFault(1, GeneralProtection, 0x0800, 5, 0), result.End!.Fault);
        Assert.StartsWith("a triple fault on processor 1: exception 13 at 0800:0000000000000005", result.Cause, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_power_off_passes_with_every_byte_of_the_serial_line()
    {
        string[] lines = [.. Enumerable.Range(0, 100).Select(i => $"line {i}")];

        RunResult result = await RunAsync(string.Join('\n', lines), TinyDisc.PowerOff.ToArray());

        Booted.Passed(result);
        Assert.Equal(lines, result.Texts);
    }

    [SkippableFact]
    public async Task The_exit_code_of_a_failing_kernel_is_seen()
    {
        RunResult result = await RunAsync("alive\n", TinyDisc.ExitCode7.ToArray());

        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.StartsWith("the kernel ended with failure code 7;", result.Cause, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_reset_ends_the_machine_that_would_boot_again()
    {
        RunResult result = await RunAsync("alive\n", TinyDisc.Reset.ToArray());

        Assert.Equal(Verdict.Panicked, result.Verdict);
        Assert.Equal(ShutdownCause.Reset, result.End!.Cause);
        Assert.Equal(["alive"], result.Texts);
    }

    [SkippableFact]
    public async Task A_machine_that_spins_is_silent_and_found_where_it_spins()
    {
        RunResult result = await RunAsync("alive\nhalf a li", TinyDisc.Spin.ToArray(), silence: TimeSpan.FromSeconds(8));

        Assert.Equal(Verdict.Hung, result.Verdict);
        Assert.StartsWith(
            "the machine printed nothing more for 8 s; the last line was \"half a li\"; core 0 running at 0x2c, core 1 halted at",
            result.Cause,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Two_machines_side_by_side_do_not_meet()
    {
        BootImage image = Disc("alive", TinyDisc.PowerOff.ToArray());

        RunResult[] results = await Task.WhenAll(RunAsync(image), RunAsync(image));

        Assert.All(results, Booted.Passed);
        Assert.All(results, result => Assert.Equal(["alive"], result.Texts));
    }

    private const int GeneralProtection = 13;

    private BootImage Disc(string text, byte[] end)
    {
        Skip.IfNot(s_bochs.Works, s_bochs.Detail);
        return TinyDisc.Write(_folder, text, end);
    }

    private Task<RunResult> RunAsync(string text, byte[] end, TimeSpan? silence = null) => RunAsync(Disc(text, end), silence);

    private static Task<RunResult> RunAsync(BootImage image, TimeSpan? silence = null)
    {
        var run = new MachineRun(new BochsLauncher()) { Silence = silence ?? TimeSpan.FromSeconds(60) };
        var machine = new MachineSpec { Image = image, Hypervisor = HypervisorKind.Bochs, Cores = 2 };
        return run.RunAsync(machine, RunExpectation.AnyOutput, TimeSpan.FromMinutes(2), CancellationToken.None);
    }
}

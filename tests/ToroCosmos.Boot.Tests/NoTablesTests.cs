using System;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;

namespace ToroCosmos.Boot.Tests;

/// <summary>A machine of several cores whose firmware tells of none, nor of a way to turn it off.</summary>
public sealed class NoTablesTests
{
    private const string Refusal =
        "ToroCosmos: the other processors cannot be started: no table of processors (no ACPI root pointer, no MP floating pointer)";

    private static readonly MachineSpec s_machine =
        new() { Image = Artifacts.Kernel, Type = MachineType.Microvm, Acpi = AcpiChoice.Off };

    [SkippableFact]
    public async Task The_demo_says_that_there_are_no_tables_and_ends_with_a_failing_exit_code()
    {
        RunResult result = await RunAsync(hasDebugExit: true);

        Assert.Equal([Refusal], result.Texts);
        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.StartsWith("the kernel ended with failure code 1", result.Cause, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_machine_that_nothing_can_turn_off_says_so_before_it_halts()
    {
        RunResult result = await RunAsync(hasDebugExit: false);

        Assert.Equal([Refusal, "ToroCosmos: the kernel has failed; this machine cannot be turned off, it halts"], result.Texts);
        Assert.Equal(Verdict.Hung, result.Verdict);
        Assert.Contains("core 0 halted", result.Cause, StringComparison.Ordinal);
    }

    private static Task<RunResult> RunAsync(bool hasDebugExit)
    {
        Skip.If(NoTablesLauncher.WhyNot is not null, NoTablesLauncher.WhyNot);

        // The kernel prints within a second; this is for a busy computer.
        var run = new MachineRun(new NoTablesLauncher(hasDebugExit)) { Silence = TimeSpan.FromSeconds(5) };
        return run.RunAsync(s_machine, RunExpectation.AnyOutput, TimeSpan.FromSeconds(60), CancellationToken.None);
    }
}

using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.KernelTests;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Gen3.Tests;

/// <summary>The kernel suites on Cosmos gen3: cores, arithmetic, clock, bus, and Cosmos beside them.</summary>
public class SuiteTests(ITestOutputHelper output)
{
    /// <summary>The suites take a few seconds; this is for a busy computer.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    /// <summary>Some tests print nothing for many seconds.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(150);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public Task The_suites_pass(int cores) =>
        PassAsync(new MachineSpec { Image = Gen3Kernels.Suites, Cores = cores, Accelerator = AcceleratorChoice.Tcg });

    [SkippableFact]
    public Task The_suites_pass_where_three_cores_run_by_turns() => PassAsync(new MachineSpec
    {
        Image = Gen3Kernels.Suites,
        Cores = 3,
        Accelerator = AcceleratorChoice.TcgSingle,
    });

    private async Task PassAsync(MachineSpec machine)
    {
        RunResult run = await new MachineRun(new QemuLauncher()) { Silence = s_silence }
            .RunAsync(machine, RunExpectation.AnyOutput, s_limit, CancellationToken.None);
        KernelTestReport report = KernelTestParser.Parse(run.Texts, run.Cause);
        foreach (KernelTestResult result in report.Results)
        {
            output.WriteLine($"{result.Outcome} {result.Id}: {result.Duration.TotalMilliseconds} ms {result.Message}");
        }

        Assert.Empty(report.Problems);
        Assert.Empty(report.Results.Where(result => !IsWell(result, machine.Cores)).Select(result => result.Id));
        Assert.Equal(machine.Cores, report.Cores);
        Assert.True(run.Verdict == Verdict.Passed, $"{run.Verdict}: {run.Cause}");
        Assert.Equal(ShutdownCause.PowerOff, run.End!.Cause);
    }

    /// <summary>A test may be skipped for one reason only: it needs more cores than the machine has.</summary>
    private static bool IsWell(KernelTestResult result, int cores) => result.Outcome == KernelTestOutcome.Passed
        || (result.Outcome == KernelTestOutcome.Skipped && result.Message.EndsWith($", the machine has {cores}", StringComparison.Ordinal));
}

using System;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;

namespace BenchmarkRunner.Programs;

/// <summary>Boots machines.</summary>
internal static class Machines
{
    // A Linux guest on a busy computer is silent for a while.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(60);

    /// <summary>Boots a machine that must end well.</summary>
    /// <returns>What it printed and when, and what ran it.</returns>
    /// <exception cref="BenchmarkException">It did not end well.</exception>
    public static async Task<(RunResult Result, Accelerator Accelerator)> RunAsync(
        MachineSpec machine, TimeSpan limit, CancellationToken cancellation)
    {
        Accelerator accelerator = default;
        var run = new MachineRun(new QemuLauncher(decision => accelerator = decision.Accelerator)) { Silence = s_silence };
        RunResult result = await run.RunAsync(machine, RunExpectation.AnyOutput, limit, cancellation).ConfigureAwait(false);
        return result.Verdict == Verdict.Passed ? (result, accelerator) : throw new BenchmarkException(result.Cause);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Probing;
using TestRunner.Runs;

namespace TestRunner.Matrix;

/// <summary>Runs the cells of a matrix.</summary>
/// <param name="host">What this computer can do.</param>
/// <param name="launcher">What starts a machine of a hypervisor.</param>
public sealed class MatrixRun(IHost host, Func<HypervisorKind, IMachineLauncher> launcher)
{
    /// <summary>Told when a cell begins; from any thread.</summary>
    public Action<PlannedCell>? Started { get; init; }

    /// <summary>Told when a cell has ended or was skipped; from any thread.</summary>
    public Action<CellResult>? Ended { get; init; }

    /// <summary>Runs cells, some side by side, and gives back their results in the order of the cells.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="jobs">How many run side by side.</param>
    /// <param name="cancellation">Ends the machines that run; the cells without a result are left out.</param>
    public async Task<IReadOnlyList<CellResult>> RunAsync(
        IReadOnlyList<PlannedCell> cells, int jobs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var results = new CellResult?[cells.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation };
        try
        {
            await Parallel.ForAsync(0, cells.Count, options, async (i, token) =>
            {
                results[i] = await RunAsync(cells[i], token).ConfigureAwait(false);
                Ended?.Invoke(results[i]!);
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What has ended is still worth telling.
        }

        return [.. results.Where(result => result is not null).Select(result => result!)];
    }

    /// <summary>Runs one cell.</summary>
    public async Task<CellResult> RunAsync(PlannedCell cell, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (CellSkips.Reason(cell, host) is { } reason)
        {
            return new CellResult(cell, reason, null);
        }

        Started?.Invoke(cell);
        if (cell.Machine is not { } machine)
        {
            return new CellResult(cell, null, new RunResult(Verdict.NotStarted, cell.Problem, [], null, TimeSpan.Zero));
        }

        var run = new MachineRun(launcher(machine.Hypervisor)) { Silence = cell.Silence };
        return new CellResult(
            cell, null, await run.RunAsync(machine, cell.Expectation, cell.Timeout, cancellation).ConfigureAwait(false));
    }
}

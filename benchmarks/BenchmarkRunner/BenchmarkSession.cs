using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Programs;
using BenchmarkRunner.Rows;

namespace BenchmarkRunner;

/// <summary>
/// Runs programs by turns: each once in every round, so that what disturbs the computer for a while disturbs all.
/// </summary>
/// <param name="programs">What to run.</param>
/// <param name="progress">Told each step.</param>
public sealed class BenchmarkSession(IReadOnlyList<IBenchmarkProgram> programs, Action<string> progress)
{
    /// <summary>How many rounds more a program gets as long as a row of it was never quiet.</summary>
    private const int MaximumRoundsAgain = 2;

    private readonly List<Sample>[] _samples = [.. programs.Select(_ => new List<Sample>())];
    private readonly HashSet<int> _failed = [];

    /// <summary>What was left out because this computer lacks something, and what failed; a sentence each.</summary>
    public List<string> Lacks { get; } = [];

    /// <summary>What failed, a sentence each.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>The rows of a program, from all its runs.</summary>
    public IReadOnlyList<Row> RowsOf(IBenchmarkProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Rows(programs.ToList().IndexOf(program));
    }

    /// <summary>
    /// Runs all rounds, and then those programs again of which a row never had a quiet floor. A program that fails is not
    /// run again; the others go on.
    /// </summary>
    public async Task RunAsync(int rounds, CancellationToken cancellation)
    {
        for (int round = 1; round <= rounds; round++)
        {
            for (int i = 0; i < programs.Count; i++)
            {
                if ((round == 1 || !programs[i].RunsOnce) && !_failed.Contains(i))
                {
                    progress($"round {round} of {rounds}: {programs[i].Name}");
                    await RunOneAsync(i, cancellation).ConfigureAwait(false);
                }
            }
        }

        for (int again = 1; again <= MaximumRoundsAgain; again++)
        {
            for (int i = 0; i < programs.Count; i++)
            {
                int noisy = Rows(i).Count(row => row.IsNeverQuiet);
                if (noisy > 0 && !_failed.Contains(i))
                {
                    progress($"again, {again} of {MaximumRoundsAgain} at most: {programs[i].Name}: the floor of {noisy} {(noisy == 1 ? "row" : "rows")} was never quiet");
                    await RunOneAsync(i, cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    private IReadOnlyList<Row> Rows(int program) => RowBuilder.Build(programs[program].Where, _samples[program]);

    private async Task RunOneAsync(int program, CancellationToken cancellation)
    {
        try
        {
            _samples[program].AddRange(await programs[program].RunAsync(cancellation).ConfigureAwait(false));
        }
        catch (BenchmarkException exception)
        {
            _failed.Add(program);
            (exception.IsLack ? Lacks : Failures).Add($"{programs[program].Name}: {exception.Message}");
            progress($"    {exception.Message}");
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Goals;
using BenchmarkRunner.Plots;
using BenchmarkRunner.Programs;
using BenchmarkRunner.Rows;

namespace BenchmarkRunner;

/// <summary>Runs everything; then the table, the goals, <c>bench.json</c> and <c>bench.svg</c>.</summary>
internal sealed class BenchmarkReport(BenchmarkOptions options)
{
    private string RowsPath => Path.Combine(options.Output, "bench.json");

    private string PeersPath => Path.Combine(options.Output, "bench-peers.json");

    private string PlotPath => Path.Combine(options.Output, "bench.svg");

    /// <summary>Runs and reports.</summary>
    /// <returns>False when something failed; what is left is reported all the same.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var plan = new ProgramPlan(options);
        var session = new BenchmarkSession(plan.All, Console.WriteLine);
        await session.RunAsync(options.Rounds, cancellation).ConfigureAwait(false);

        Row[] guests = [.. plan.Guests.SelectMany(session.RowsOf)];
        (IReadOnlyList<Row> peers, string? peersNote) = PeersOf(plan, session);
        Row[][] sections =
        [
            [.. session.RowsOf(plan.Host)],
            [.. guests.Where(row => !IsOversubscribed(row))],
            [.. peers],
            [.. guests.Where(IsOversubscribed)],
        ];
        Row[] rows = [.. sections.SelectMany(section => section)];

        Console.WriteLine();
        RowTable.Show(sections);
        Console.WriteLine("ratio: how many times worse than the floor, which is measured in the same run. docs/benchmarks.md explains every row.");
        Console.WriteLine(peersNote);
        Console.WriteLine("quiet: how many values had a floor within 1.3 times what a tenth of the run's reach, right before and after them; only these count, unless there is none.");
        foreach (Row row in rows.Where(Disturbance.IsSeenIn))
        {
            Console.WriteLine(Disturbance.Describe(row));
        }

        foreach (Goal goal in BusGoals.All.Where(goal => options.Filter.Length == 0 || goal.IsMet(rows) is not null))
        {
            Console.WriteLine(goal.Describe(rows));
        }

        Console.WriteLine();
        Directory.CreateDirectory(options.Output);
        await File.WriteAllTextAsync(RowsPath, RowFile.Format(rows), cancellation).ConfigureAwait(false);
        Console.WriteLine($"rows: {RowsPath}");
        await DrawAsync(rows, session, cancellation).ConfigureAwait(false);
        session.Lacks.ForEach(lack => Console.WriteLine($"left out: {lack}"));
        session.Failures.ForEach(failure => Console.Error.WriteLine($"failed: {failure}"));
        return session.Failures.Count == 0;
    }

    private static bool IsOversubscribed(Row row) => row.Name.Contains("-oversubscribed", StringComparison.Ordinal);

    /// <summary>The peers' rows, of this run or of the last one that had them.</summary>
    private (IReadOnlyList<Row> Rows, string? Note) PeersOf(ProgramPlan plan, BenchmarkSession session)
    {
        if (plan.Peers.Count > 0)
        {
            Row[] rows = [.. plan.Peers.SelectMany(session.RowsOf)];
            if (rows.Length > 0)
            {
                Directory.CreateDirectory(options.Output);
                File.WriteAllText(PeersPath, RowFile.Format(rows));
            }

            return (rows, "peers: measured in this run, by turns with the kernel");
        }

        if (!File.Exists(PeersPath))
        {
            return ([], "peers: not measured; './build.sh --target=BenchPeers' does");
        }

        string when = File.GetLastWriteTime(PeersPath).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Row[] earlier =
        [
            .. RowFile.Parse(File.ReadAllText(PeersPath))
                .Where(row => row.Name.Contains(options.Filter, StringComparison.Ordinal) || RowBuilder.IsFloor(row.Name)),
        ];
        return (earlier, $"peers: of an EARLIER run, {when}; './build.sh --target=BenchPeers' measures them beside the kernel");
    }

    private async Task DrawAsync(IReadOnlyList<Row> rows, BenchmarkSession session, CancellationToken cancellation)
    {
        if (GnuplotScript.Create(rows, PlotPath) is not { } script)
        {
            return;
        }

        try
        {
            await Gnuplot.DrawAsync(script, cancellation).ConfigureAwait(false);
            Console.WriteLine($"plot: {PlotPath}");
        }
        catch (BenchmarkException exception)
        {
            (exception.IsLack ? session.Lacks : session.Failures).Add($"plot: {exception.Message}");
        }
    }
}

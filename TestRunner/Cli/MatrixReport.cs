using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using TestRunner.KernelTests;
using TestRunner.Machines;
using TestRunner.Matrix;
using TestRunner.Reports;
using TestRunner.Runs;

namespace TestRunner.Cli;

/// <summary>The tables and totals of a matrix.</summary>
internal static class MatrixReport
{
    /// <summary>A cell in a line.</summary>
    public static string Line(CellResult result) => result switch
    {
        { SkipReason: { } reason } => $"skipped      -      {result.Cell}: {reason}",
        { Run: { Verdict: Verdict.Passed } run } => $"passed  {ConsoleReport.Seconds(run.Duration),8}  {result.Cell}{Tests(run)}",
        _ => $"{Word(result),-7} {ConsoleReport.Seconds(result.Run!.Duration),8}  {result.Cell}: {result.Run.Cause}",
    };

    /// <summary>The colour of a cell.</summary>
    public static Style StyleOf(CellResult result) =>
        new(result.Run is { } run ? ConsoleReport.Colour(run.Verdict) : Color.Yellow);

    /// <summary>The cells with their times, then what did not pass and what was skipped and why, then the totals.</summary>
    public static void Show(IReadOnlyList<CellResult> results)
    {
        Table table = Tables.Create("cell", "verdict", "first line", "total");
        foreach (CellResult result in results)
        {
            table.AddRow(
                new Text($"{result.Cell}"),
                new Text($"{Word(result)}{Tests(result.Run)}", StyleOf(result)),
                new Text(result.Run?.FirstLineAt is { } first ? ConsoleReport.Seconds(first) : "-"),
                new Text(result.Run is { } run ? ConsoleReport.Seconds(run.Duration) : "-"));
        }

        Terminals.Output.Write(table);
        foreach (CellResult result in results.Where(result => result.Run is { } run && run.Verdict != Verdict.Passed))
        {
            Console.Out.WriteLine($"{Word(result)}: {result.Cell}: {result.Run!.Cause}");
            foreach (string detail in result.Run.Details)
            {
                Console.Out.WriteLine($"    {detail}");
            }
        }

        foreach (CellResult result in results)
        {
            IEnumerable<IGrouping<string, KernelTestResult>> reasons = (result.Run?.Tests?.Results ?? [])
                .Where(test => test.Outcome == KernelTestOutcome.Skipped)
                .GroupBy(test => test.Message, StringComparer.Ordinal);
            foreach (IGrouping<string, KernelTestResult> reason in reasons)
            {
                Console.Out.WriteLine($"{reason.Count()} tests skipped in the kernel ({result.Cell}): {reason.Key}");
            }
        }

        IEnumerable<IGrouping<string, CellResult>> skips = results
            .Where(result => result.SkipReason is not null)
            .GroupBy(result => result.SkipReason!, StringComparer.Ordinal);
        foreach (IGrouping<string, CellResult> skip in skips)
        {
            Console.Out.WriteLine($"{skip.Count()} skipped ({string.Join("; ", skip.Select(result => result.Cell))}): {skip.Key}");
        }

        Console.Out.WriteLine(Totals(results));
    }

    /// <summary>The cells and why they exist.</summary>
    public static void List(IEnumerable<PlannedCell> cells)
    {
        Table table = Tables.Create("cell", "short", "machine", "judged by", "why");
        foreach (PlannedCell cell in cells)
        {
            string kind = cell.Machine?.Image.Kind == BootImageKind.Iso ? "ISO, " : "";
            table.AddRow(
                new Text(cell.Cell.Name),
                new Text(cell.Cell.IsShort ? "yes" : ""),
                new Text(cell.Machine is { } machine ? $"{kind}{machine.Describe()}" : cell.Problem),
                new Text(Judgement(cell.Cell.Expect)),
                new Text(cell.Cell.Why));
        }

        Terminals.Output.Write(table);
    }

    /// <summary>The cells as a report's cases.</summary>
    public static IReadOnlyList<CaseReport> Cases(IReadOnlyList<CellResult> results) =>
    [
        .. results.SelectMany(result => result.Run is { } run
            ? CaseReport.AllOf("matrix", result.Cell.Cell.Name, run)
            : [new CaseReport("matrix", result.Cell.Cell.Name, CaseOutcome.Skipped, TimeSpan.Zero) { Message = result.SkipReason! }]),
    ];

    private static string Judgement(CellExpectation expect) => expect switch
    {
        { Transcript: { } name } => $"transcript {name}",
        { Lines: not null } => "exact lines",
        { File: { } file } => file,
        { Refusal: not null } => "refusal",
        _ => "tests in the kernel",
    };

    private static string Totals(IReadOnlyList<CellResult> results)
    {
        int passed = results.Count(result => result.Run is { Verdict: Verdict.Passed });
        int skipped = results.Count(result => result.SkipReason is not null);
        return $"{passed} passed, {results.Count - passed - skipped} failed, {skipped} skipped";
    }

    private static string Word(CellResult result) => result.Run is { } run ? ConsoleReport.Word(run.Verdict) : "skipped";

    private static string Tests(RunResult? run) => run?.Tests is { } tests
        ? $" ({tests.Passed} tests{(tests.Failed > 0 ? $", {tests.Failed} failed" : "")}{(tests.Skipped > 0 ? $", {tests.Skipped} skipped" : "")})"
        : "";
}

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Matrix;
using TestRunner.Probing;
using TestRunner.Reports;
using TestRunner.Runs;

namespace TestRunner.Cli;

/// <summary>The command <c>matrix</c>: kernels on many machines.</summary>
internal sealed class MatrixCommand : Command
{
    private readonly Argument<string> _profiles = new("profiles") { Description = "The file of profiles (JSON)." };
    private readonly Option<string?> _filter =
        new("--filter") { Description = "Only cells with this text in their name, in any case.", HelpName = "TEXT" };

    private readonly Option<bool> _short = new("--short") { Description = "Only the short selection." };
    private readonly Option<int?> _jobs = OptionFactory.Number(
        "--jobs", "Machines side by side (1); more are quicker on a big computer, and measure each other.", 1, 64);

    private readonly Option<bool> _list = new("--list") { Description = "Lists the cells and why they exist, and runs none." };
    private readonly Option<string?> _junit = OptionFactory.File("--junit", "Writes the results as JUnit's XML.");
    private readonly Option<string?> _tap = OptionFactory.File("--tap", "Writes the results in the Test Anything Protocol.");

    public MatrixCommand()
        : base("matrix", "Boots kernels on every machine of a file of profiles and says what passed, failed and was skipped.")
    {
        Arguments.Add(_profiles);
        foreach (Option option in (Option[])[_filter, _short, _jobs, _list, _junit, _tap])
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        PlannedCell[] cells;
        IReadOnlyList<ReportFile> reports;
        try
        {
            cells = Selected(parsed);
            if (parsed.GetValue(_list))
            {
                MatrixReport.List(cells);
                return 0;
            }

            reports = ReportFile.Open(parsed.GetValue(_junit), parsed.GetValue(_tap));
        }
        catch (Exception exception) when (exception is MatrixException or IOException or UnauthorizedAccessException)
        {
            ConsoleReport.Error(exception.Message);
            return ExitCode.BadUsage;
        }

        try
        {
            IReadOnlyList<CellResult> results = await RunAsync(cells, parsed.GetValue(_jobs) ?? 1, cancellation).ConfigureAwait(false);
            MatrixReport.Show(results);
            foreach (ReportFile report in reports)
            {
                report.Write(MatrixReport.Cases(results));
            }

            if (results.Count < cells.Length)
            {
                ConsoleReport.Error($"interrupted; {cells.Length - results.Count} cells have no result, their machines were ended.");
                return ExitCode.Interrupted;
            }

            return MatrixExit.Code(results);
        }
        catch (IOException exception)
        {
            ConsoleReport.Error($"a report could not be written: {exception.Message}");
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

    private PlannedCell[] Selected(ParseResult parsed)
    {
        string path = parsed.GetValue(_profiles)!;
        string filter = parsed.GetValue(_filter) ?? "";
        PlannedCell[] cells =
        [
            .. MatrixReader.Read(path)
                .Where(cell => cell.Cell.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
                .Where(cell => cell.Cell.IsShort || !parsed.GetValue(_short)),
        ];
        return cells.Length > 0 ? cells : throw new MatrixException($"No cell of {path} has '{filter}' in its name; --list shows them.");
    }

    private static async Task<IReadOnlyList<CellResult>> RunAsync(
        PlannedCell[] cells, int jobs, CancellationToken cancellation)
    {
        var host = new Host();
        if (!Terminals.OutputHasColours)
        {
            return await RunAsync(cells, jobs, host, new PlainMatrixDisplay(), cancellation).ConfigureAwait(false);
        }

        return await LiveMatrixDisplay.Create(Terminals.Output)
            .StartAsync(context => RunAsync(cells, jobs, host, new LiveMatrixDisplay(context, cells.Length), cancellation))
            .ConfigureAwait(false);
    }

    private static Task<IReadOnlyList<CellResult>> RunAsync(
        PlannedCell[] cells, int jobs, Host host, IMatrixDisplay display, CancellationToken cancellation)
    {
        var run = new MatrixRun(host, hypervisor => MachineLaunchers.For(hypervisor)) { Started = display.Started, Ended = display.Ended };
        return run.RunAsync(cells, jobs, cancellation);
    }
}

using System.Collections.Generic;
using System.Threading;
using Spectre.Console;
using TestRunner.Matrix;
using TestRunner.Runs;

namespace TestRunner.Cli;

/// <summary>A bar for the matrix and a line for each cell that runs; cells that did not pass are told above them.</summary>
/// <param name="context">The display.</param>
/// <param name="count">Number of cells.</param>
internal sealed class LiveMatrixDisplay(ProgressContext context, int count) : IMatrixDisplay
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProgressTask> _running = [];
    private readonly ProgressTask _all = context.AddTask("all cells", maxValue: count);

    /// <summary>The display's form.</summary>
    public static Progress Create(IAnsiConsole console) => console.Progress()
        .HideCompleted(true)
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new SpinnerColumn(),
            new ElapsedTimeColumn());

    public void Started(PlannedCell cell)
    {
        lock (_lock)
        {
            ProgressTask task = context.AddTask(Markup.Escape(cell.Cell.Name));
            task.IsIndeterminate = true;
            _running[cell.Cell.Name] = task;
        }
    }

    public void Ended(CellResult result)
    {
        lock (_lock)
        {
            if (_running.Remove(result.Cell.Cell.Name, out ProgressTask? task))
            {
                // Hidden from here on, being complete.
                task.IsIndeterminate = false;
                task.Value = task.MaxValue;
                task.StopTask();
            }

            if (result.Run is not { Verdict: Verdict.Passed })
            {
                Terminals.Output.Write(new Text(MatrixReport.Line(result), MatrixReport.StyleOf(result)));
                Terminals.Output.WriteLine();
            }

            _all.Increment(1);
            _all.Description = $"all cells, {_all.Value:0} of {count}";
        }
    }
}

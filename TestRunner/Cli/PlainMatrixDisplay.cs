using System;
using System.Threading;
using TestRunner.Matrix;

namespace TestRunner.Cli;

/// <summary>A line for each cell that has ended, for logs.</summary>
internal sealed class PlainMatrixDisplay : IMatrixDisplay
{
    private readonly Lock _lock = new();

    public void Started(PlannedCell cell)
    {
    }

    public void Ended(CellResult result)
    {
        lock (_lock)
        {
            Console.Out.WriteLine(MatrixReport.Line(result));
        }
    }
}

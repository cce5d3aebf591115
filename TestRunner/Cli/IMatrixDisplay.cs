using TestRunner.Matrix;

namespace TestRunner.Cli;

/// <summary>Shows a matrix while it runs; told from any thread.</summary>
internal interface IMatrixDisplay
{
    void Started(PlannedCell cell);

    void Ended(CellResult result);
}

using TestRunner.Runs;

namespace TestRunner.Matrix;

/// <summary>What became of a cell: exactly one of the two is there.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="SkipReason">Why it was not run.</param>
/// <param name="Run">How its run ended.</param>
public sealed record CellResult(PlannedCell Cell, string? SkipReason, RunResult? Run);

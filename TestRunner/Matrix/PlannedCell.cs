using System;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Matrix;

/// <summary>A cell that is ready to run.</summary>
/// <param name="Cell">The cell as it is written.</param>
/// <param name="Machine">Its machine; null when the kernel's file is not there.</param>
/// <param name="Expectation">What to judge it by.</param>
public sealed record PlannedCell(MatrixCell Cell, MachineSpec? Machine, RunExpectation Expectation)
{
    /// <summary>Why there is no machine; empty when there is one.</summary>
    public string Problem { get; init; } = "";

    /// <summary>When a machine that has not ended is ended.</summary>
    public TimeSpan Timeout => Cell.Timeout ?? TimeSpan.FromSeconds(60);

    /// <summary>A machine that prints nothing for so long hangs.</summary>
    public TimeSpan Silence => Cell.Silence ?? TimeSpan.FromSeconds(20);

    public override string ToString() => Cell.Name;
}

using System.Collections.Generic;
using System.Linq;
using TestRunner.Matrix;
using TestRunner.Runs;

namespace ToroCosmos.Boot.Tests;

/// <summary>The machines of tests/profiles.json.</summary>
internal static class Profiles
{
    /// <summary>Every cell, ready to run.</summary>
    public static IReadOnlyList<PlannedCell> Cells { get; } = MatrixReader.Read(Artifacts.InRepository("tests", "profiles.json"));

    /// <summary>The cell of a name.</summary>
    public static PlannedCell Cell(string name) => Cells.Single(cell => cell.Cell.Name == name);

    /// <summary>What the demo prints on a machine of so many cores.</summary>
    public static Transcript DemoTranscript(int cores) => Cell($"kernel, {cores} cores").Expectation.Transcript!;
}

using System.Collections.Generic;
using System.Linq;

namespace TestRunner.Matrix;

/// <summary>What a cell is judged by: exactly one of these.</summary>
public sealed record CellExpectation
{
    /// <summary>The name of a transcript of the file, made for the machine's number of cores.</summary>
    public string? Transcript { get; init; }

    /// <summary>The exact lines.</summary>
    public IReadOnlyList<string>? Lines { get; init; }

    /// <summary>A text file with the exact lines, from the folder of the profiles.</summary>
    public string? File { get; init; }

    /// <summary>The exact lines with which the kernel must refuse the machine; it must then end without success.</summary>
    public IReadOnlyList<string>? Refusal { get; init; }

    /// <summary>The tests that the kernel tells of.</summary>
    public bool Tests { get; init; }

    /// <summary>How many of them are given.</summary>
    public int Count() => new[] { Transcript is not null, Lines is not null, File is not null, Refusal is not null, Tests }.Count(given => given);
}

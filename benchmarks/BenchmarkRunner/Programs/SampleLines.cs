using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkRunner.Rows;

namespace BenchmarkRunner.Programs;

/// <summary>Finds the samples among a program's lines.</summary>
internal static class SampleLines
{
    /// <exception cref="BenchmarkException">A line is garbled.</exception>
    public static IReadOnlyList<Sample> Read(IEnumerable<string> lines)
    {
        try
        {
            return [.. lines.Select(Sample.Read).OfType<Sample>()];
        }
        catch (FormatException exception)
        {
            throw new BenchmarkException(exception.Message);
        }
    }
}

using System;
using TestRunner.Runs;

namespace BenchmarkRunner.Programs;

/// <summary>What the demo prints.</summary>
internal static class Demo
{
    /// <summary>Whether the demo ran to its end.</summary>
    public static bool EndsWithPong(RunResult result) =>
        result.Lines.Count > 0 && result.Lines[^1].Text.EndsWith(": pong", StringComparison.Ordinal);
}

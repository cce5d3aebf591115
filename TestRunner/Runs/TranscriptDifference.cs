namespace TestRunner.Runs;

/// <summary>The first place where a machine printed something else than was expected.</summary>
/// <param name="LineNumber">Number of the expected line, from 1.</param>
/// <param name="Expected">The expected line; null when the output should have ended.</param>
/// <param name="Actual">The line that came; null when the output ended.</param>
public sealed record TranscriptDifference(int LineNumber, string? Expected, string? Actual)
{
    public override string ToString() => (Expected, Actual) switch
    {
        (null, _) => $"line {LineNumber}: expected the end of the output, but got \"{Actual}\"",
        (_, null) => $"line {LineNumber}: expected \"{Expected}\", but the output ended",
        _ => $"line {LineNumber}: expected \"{Expected}\", but got \"{Actual}\"",
    };
}

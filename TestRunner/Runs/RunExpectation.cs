namespace TestRunner.Runs;

/// <summary>What a run is judged by, besides how it ended.</summary>
/// <param name="Transcript">The lines that must be printed; null accepts any.</param>
/// <param name="FirmwarePrints">Whether firmware shares the serial line before the kernel.</param>
public sealed record RunExpectation(Transcript? Transcript, bool FirmwarePrints)
{
    /// <summary>
    /// The lines with which the kernel must refuse the machine, ending without success; null when it must run.
    /// </summary>
    public Transcript? Refusal { get; init; }

    /// <summary>Whether the kernel tells of tests in it, whose results count (docs/kernel-tests.md).</summary>
    public bool KernelTests { get; init; }

    /// <summary>Any output will do.</summary>
    public static RunExpectation AnyOutput { get; } = new(null, FirmwarePrints: false);
}

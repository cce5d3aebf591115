using System.Collections.Generic;
using System.Linq;

namespace TestRunner.KernelTests;

/// <summary>What a kernel told about its tests.</summary>
public sealed record KernelTestReport
{
    /// <summary>How many cores the kernel ran on; 0 when it announced nothing.</summary>
    public int Cores { get; init; }

    /// <summary>Every announced test, in the order of the announcement.</summary>
    public required IReadOnlyList<KernelTestResult> Results { get; init; }

    /// <summary>
    /// What is wrong with the report itself: a line that was lost, repeated or damaged, a count that does not match, a
    /// missing end. With a problem no run has succeeded, whatever the results say.
    /// </summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Whether all was announced, told and ended as it should be, and no test failed.</summary>
    public bool Succeeded => Problems.Count == 0 && Results.Count > 0 && Failed == 0;

    public int Passed => Count(KernelTestOutcome.Passed);

    public int Failed => Count(KernelTestOutcome.Failed);

    public int Skipped => Count(KernelTestOutcome.Skipped);

    private int Count(KernelTestOutcome outcome) => Results.Count(result => result.Outcome == outcome);
}

using System;
using System.Collections.Generic;
using TestRunner.Runs;

namespace TestRunner.Reports;

/// <summary>One line of a report.</summary>
/// <param name="Suite">What it belongs to.</param>
/// <param name="Name">Its name, unique in its suite.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Duration">How long it took.</param>
public sealed record CaseReport(string Suite, string Name, CaseOutcome Outcome, TimeSpan Duration)
{
    /// <summary>Why it did not pass, in a sentence; empty when it passed.</summary>
    public string Message { get; init; } = "";

    /// <summary>Further lines about the cause.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>What the machine printed.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>The report of a run as one case.</summary>
    public static CaseReport Of(string suite, string name, RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new CaseReport(suite, name, OutcomeOf(result.Verdict), result.Duration)
        {
            Message = result.Cause,
            Details = result.Details,
            Output = result.Texts,
        };
    }

    private static CaseOutcome OutcomeOf(Verdict verdict) => verdict switch
    {
        Verdict.Passed => CaseOutcome.Passed,
        Verdict.Failed => CaseOutcome.Failed,
        _ => CaseOutcome.Broken,
    };
}

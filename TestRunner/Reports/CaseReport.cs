using System;
using System.Collections.Generic;
using TestRunner.KernelTests;
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

    /// <summary>
    /// The report of a run: a case for the run, named as given; before it, where the kernel told of tests, one for each.
    /// </summary>
    public static IEnumerable<CaseReport> AllOf(string suite, string name, RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        foreach (KernelTestResult test in result.Tests?.Results ?? [])
        {
            CaseOutcome outcome = test.Outcome switch
            {
                KernelTestOutcome.Passed or KernelTestOutcome.Listed => CaseOutcome.Passed,
                KernelTestOutcome.Skipped => CaseOutcome.Skipped,
                _ => CaseOutcome.Failed,
            };
            string[] messages = test.Message.Split('\n');
            yield return new CaseReport($"{suite}: tests", test.Id, outcome, test.Duration)
            {
                Message = messages[0],
                Details = outcome == CaseOutcome.Failed ? [.. messages, test.Place] : [],
            };
        }

        yield return Of(suite, name, result);
    }

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

using System;
using System.Collections.Generic;
using System.Linq;

namespace ToroCosmos.Programs.Tests;

/// <summary>Compares what a kernel made of a program with what it must be.</summary>
internal static class Judgement
{
    private const string RefusalPrefix = "threw ";

    /// <summary>What is wrong with a program's outcome, or null.</summary>
    /// <param name="program">The program.</param>
    /// <param name="host">Its answer on the host; not used for what a kernel refuses.</param>
    /// <param name="outcome">What became of it in the kernel; null when the kernel did not tell of it.</param>
    /// <param name="knownFailures">The programs that are known to fail.</param>
    public static string? FindMistake(SampleProgram program, string host, string? outcome, IReadOnlyList<KnownFailure> knownFailures)
    {
        if (outcome is null)
        {
            return $"the kernel did not run {program.Id}";
        }

        KnownFailure? known = knownFailures.SingleOrDefault(failure => failure.Id == program.Id);
        string? mistake = program.Refused is { } name ? FindMissingRefusal(name, outcome) : FindDifference(host, outcome);
        if (known is null)
        {
            return mistake is null ? null : $"{program.Id}: {mistake}";
        }

        return mistake is null ? $"{program.Id} works now: take it out of {nameof(KnownFailures)}"
            : outcome.Contains(known.Outcome, StringComparison.Ordinal) ? null
            : $"{program.Id} is known to fail with \"{known.Outcome}\" ({known.Reason}), but {mistake}";
    }

    private static string? FindMissingRefusal(string refusal, string outcome) =>
        outcome.StartsWith(RefusalPrefix + refusal, StringComparison.Ordinal)
            ? null
            : $"the refusal \"{refusal}\" was expected, but the kernel's outcome is\n{outcome}";

    private static string? FindDifference(string host, string outcome) =>
        host == outcome ? null : $"the host's answer is\n{host}\nbut the kernel's outcome is\n{outcome}";
}

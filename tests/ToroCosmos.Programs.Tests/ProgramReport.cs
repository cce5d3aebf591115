using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ToroCosmos.Programs.Tests;

/// <summary>What a boot told of the programs.</summary>
/// <param name="Outcomes">What became of each program that began, by its id: its answer, or how it broke the kernel.</param>
/// <param name="Problems">What is wrong with the boot as a whole; empty when nothing is.</param>
/// <param name="Broken">The program that broke the kernel; null when none did.</param>
public sealed record ProgramReport(IReadOnlyDictionary<string, string> Outcomes, IReadOnlyList<string> Problems, string? Broken)
{
    /// <summary>How the outcome of a program begins that broke the kernel.</summary>
    public const string BrokePrefix = "broke the kernel: ";

    /// <summary>Reads what a kernel printed.</summary>
    /// <param name="lines">The serial line.</param>
    /// <param name="cause">Why the machine did not end well; empty when it did.</param>
    public static ProgramReport Parse(IEnumerable<string> lines, string cause)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(cause);
        Dictionary<string, string> outcomes = [];
        List<string> problems = [];
        string? open = null;
        int? ended = null;
        foreach (string line in lines)
        {
            if (ended is not null)
            {
                problems.Add($"a line after the end: \"{line}\"");
            }
            else if (line.StartsWith(ProgramLine.BeginsPrefix, StringComparison.Ordinal) && open is null)
            {
                open = line[ProgramLine.BeginsPrefix.Length..];
            }
            else if (open is not null && line.StartsWith($"{ProgramLine.AnsweredPrefix}{open} ", StringComparison.Ordinal))
            {
                if (!outcomes.TryAdd(open, EscapedText.Unescape(line[(ProgramLine.AnsweredPrefix.Length + open.Length + 1)..])))
                {
                    problems.Add($"{open} answered twice");
                }

                open = null;
            }
            else if (line.StartsWith(ProgramLine.EndPrefix, StringComparison.Ordinal) && open is null)
            {
                ended = int.Parse(line[ProgramLine.EndPrefix.Length..], CultureInfo.InvariantCulture);
            }
            else if (cause.Length == 0)
            {
                problems.Add(open is null ? $"a line between programs: \"{line}\"" : $"{open} printed \"{line}\"");
            }
        }

        if (open is not null)
        {
            outcomes[open] = BrokePrefix + (cause.Length > 0 ? cause : "it ended without an answer");
        }

        if (ended is null && open is null)
        {
            problems.Add($"the end is missing{(cause.Length > 0 ? ": " + cause : "")}");
        }
        else if (ended is not null && ended != outcomes.Count)
        {
            problems.Add($"{ended} programs ended, {outcomes.Count} answered");
        }

        if (ended is not null && cause.Length > 0)
        {
            problems.Add(cause);
        }

        return new ProgramReport(outcomes, problems, open);
    }
}

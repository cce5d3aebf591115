using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace TestRunner.Reports;

/// <summary>Writes the Test Anything Protocol, version 14.</summary>
public static class TapReport
{
    /// <summary>Writes the report of some cases, numbered from 1.</summary>
    public static void Write(Stream stream, IReadOnlyList<CaseReport> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("TAP version 14");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"1..{cases.Count}"));
        for (int i = 0; i < cases.Count; i++)
        {
            WriteCase(writer, i + 1, cases[i]);
        }
    }

    private static void WriteCase(StreamWriter writer, int number, CaseReport one)
    {
        // A skipped test point is an ok one (TAP 14, Directives).
        string status = one.Outcome is CaseOutcome.Passed or CaseOutcome.Skipped ? "ok" : "not ok";
        string skip = one.Outcome == CaseOutcome.Skipped ? $" # SKIP {OneLine(one.Message)}" : "";
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{status} {number} - {Escape($"{one.Suite}: {one.Name}")}{skip}"));
        writer.WriteLine("  ---");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  duration_ms: {one.Duration.TotalMilliseconds:0.###}"));
        if (status == "not ok")
        {
            writer.WriteLine($"  message: {Quoted(one.Message)}");
            writer.WriteLine($"  severity: {(one.Outcome == CaseOutcome.Failed ? "fail" : "error")}");
            if (one.Details.Count > 0)
            {
                writer.WriteLine("  details:");
                foreach (string line in one.Details)
                {
                    writer.WriteLine($"    - {Quoted(line)}");
                }
            }
        }

        writer.WriteLine("  ...");
    }

    /// <summary>A description ends at a <c>#</c> unless it is escaped.</summary>
    private static string Escape(string text) =>
        OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal);

    /// <summary>A YAML scalar in single quotes, in which only the quote is special.</summary>
    private static string Quoted(string text) => $"'{OneLine(text).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TestRunner.Runs;

/// <summary>The lines that a machine must print: exactly these, in this order, and nothing else.</summary>
/// <param name="lines">The lines.</param>
public sealed class Transcript(IReadOnlyList<string> lines)
{
    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;

    /// <summary>Reads a transcript from a text file.</summary>
    public static Transcript Read(string path) => new(File.ReadAllLines(path));

    /// <summary>Compares what a machine printed.</summary>
    /// <param name="actual">What it printed.</param>
    /// <param name="afterFirmware">
    /// True when firmware and boot loader print on the serial line too, as UEFI does: what comes before the first
    /// expected line is left aside, also on that line.
    /// </param>
    /// <returns>The first difference, or null when there is none.</returns>
    public TranscriptDifference? Compare(IReadOnlyList<string> actual, bool afterFirmware)
    {
        ArgumentNullException.ThrowIfNull(actual);
        actual = LinesToCompare(actual, afterFirmware);
        for (int i = 0; i < Math.Max(Lines.Count, actual.Count); i++)
        {
            string? expectedLine = i < Lines.Count ? Lines[i] : null;
            string? actualLine = i < actual.Count ? actual[i] : null;
            if (expectedLine != actualLine)
            {
                return new TranscriptDifference(i + 1, expectedLine, actualLine);
            }
        }

        return null;
    }

    /// <summary>The lines of a machine that count: all, or those from the first expected one on.</summary>
    public IReadOnlyList<string> LinesToCompare(IReadOnlyList<string> actual, bool afterFirmware) =>
        afterFirmware ? WithoutFirmware(actual) : actual;

    private IReadOnlyList<string> WithoutFirmware(IReadOnlyList<string> actual)
    {
        if (Lines.Count == 0)
        {
            return actual;
        }

        string first = Lines[0];
        for (int i = 0; i < actual.Count; i++)
        {
            if (actual[i].EndsWith(first, StringComparison.Ordinal))
            {
                return [first, .. actual.Skip(i + 1)];
            }
        }

        return actual;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using TestRunner.KernelTests;

namespace TestRunner.Runs;

/// <summary>A run and its verdict.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Cause">Why, in a sentence without a full stop; empty when it passed.</param>
/// <param name="Lines">Every line of the serial line, in order.</param>
/// <param name="End">How the emulator ended; null when it was not started.</param>
/// <param name="Duration">From the emulator's start to its end.</param>
public sealed record RunResult(
    Verdict Verdict,
    string Cause,
    IReadOnlyList<SerialLine> Lines,
    MachineEnd? End,
    TimeSpan Duration)
{
    /// <summary>Further lines about the cause, such as a diff; empty when the cause says it all.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>What the kernel told about its tests; null when it was not asked for any.</summary>
    public KernelTestReport? Tests { get; init; }

    /// <summary>From the emulator's start to the end of the first line; null when there was none.</summary>
    public TimeSpan? FirstLineAt => Lines.Count > 0 ? Lines[0].At : null;

    /// <summary>From the emulator's start to the end of the last line; null when there was none.</summary>
    public TimeSpan? LastLineAt => Lines.Count > 0 ? Lines[^1].At : null;

    /// <summary>The lines without their times.</summary>
    public IReadOnlyList<string> Texts => [.. Lines.Select(line => line.Text)];
}

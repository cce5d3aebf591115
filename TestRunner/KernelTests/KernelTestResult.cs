using System;
using System.Collections.Generic;

namespace TestRunner.KernelTests;

/// <summary>A test in a kernel and what became of it.</summary>
public sealed record KernelTestResult
{
    /// <summary>Class and method, joined by a dot: unique in the kernel.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The number of the core that it runs on, or "all".</summary>
    public required string Core { get; init; }

    /// <summary>File and line of the method, the file relative to the kernel's project.</summary>
    public required string Place { get; init; }

    /// <summary>What became of it.</summary>
    public KernelTestOutcome Outcome { get; init; }

    /// <summary>Why it failed or was skipped, a line for each failure; empty when it passed.</summary>
    public string Message { get; init; } = "";

    /// <summary>The failures that the kernel told; empty also when a test failed by never ending.</summary>
    public IReadOnlyList<KernelTestFailure> Failures { get; init; } = [];

    /// <summary>How long it ran, by the kernel's clock; zero when it did not end.</summary>
    public TimeSpan Duration { get; init; }
}

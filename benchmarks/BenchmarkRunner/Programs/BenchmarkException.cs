using System;

namespace BenchmarkRunner.Programs;

/// <summary>A program could not measure; the message says why, and what to do where that is known.</summary>
/// <param name="message">One sentence.</param>
/// <param name="isLack">Whether this computer lacks what is needed, and nothing is broken.</param>
public sealed class BenchmarkException(string message, bool isLack = false) : Exception(message)
{
    /// <summary>Whether this computer lacks what is needed, and nothing is broken.</summary>
    public bool IsLack { get; } = isLack;
}

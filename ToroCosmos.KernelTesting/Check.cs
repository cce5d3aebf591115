using System.Runtime.CompilerServices;
using ToroCosmos.Seam;

namespace ToroCosmos.KernelTesting;

/// <summary>
/// What a test asserts, on any core. A check that fails is reported with its file and line, and the test goes on: the
/// result tells whether it makes sense to. No check allocates or throws.
/// </summary>
public static class Check
{
    /// <summary>Checks a condition.</summary>
    /// <param name="condition">What must be true.</param>
    /// <param name="message">Said in addition when it is not; null for nothing.</param>
    /// <param name="expression">The condition as it is written; the compiler's.</param>
    /// <param name="file">The compiler's.</param>
    /// <param name="line">The compiler's.</param>
    /// <returns>The condition.</returns>
    public static bool That(
        bool condition,
        string? message = null,
        [CallerArgumentExpression(nameof(condition))] string? expression = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        if (!condition && Begin(file, line) is CoreReport report)
        {
            report.Text(expression).Text(" is false"u8);
            End(report, message);
        }

        return condition;
    }

    /// <summary>Checks that two numbers are equal.</summary>
    /// <param name="expected">What is right.</param>
    /// <param name="actual">What was found.</param>
    /// <param name="message">Said in addition when they differ; null for nothing.</param>
    /// <param name="expression">What was found, as it is written; the compiler's.</param>
    /// <param name="file">The compiler's.</param>
    /// <param name="line">The compiler's.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool Equal(
        long expected,
        long actual,
        string? message = null,
        [CallerArgumentExpression(nameof(actual))] string? expression = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        if (expected != actual && Begin(file, line) is CoreReport report)
        {
            report.Text(expression).Text(": expected "u8).Number(expected).Text(", found "u8).Number(actual);
            End(report, message);
        }

        return expected == actual;
    }

    /// <inheritdoc cref="Equal(long, long, string, string, string, int)"/>
    public static bool Equal(
        ulong expected,
        ulong actual,
        string? message = null,
        [CallerArgumentExpression(nameof(actual))] string? expression = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        if (expected != actual && Begin(file, line) is CoreReport report)
        {
            report.Text(expression).Text(": expected "u8).Number(expected).Text(", found "u8).Number(actual);
            End(report, message);
        }

        return expected == actual;
    }

    /// <summary>Fails the test.</summary>
    /// <param name="message">Why.</param>
    /// <param name="file">The compiler's.</param>
    /// <param name="line">The compiler's.</param>
    /// <returns>False.</returns>
    public static bool Fail(string message, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (Begin(file, line) is CoreReport report)
        {
            report.Text(message).EndFailure();
        }

        return false;
    }

    private static CoreReport? Begin(string file, int line) =>
        TestReport.OfCore(Cpu.CurrentCore())?.BeginFailure(file, line);

    private static void End(CoreReport report, string? message)
    {
        if (message != null)
        {
            report.Text(": "u8).Text(message);
        }

        report.EndFailure();
    }
}

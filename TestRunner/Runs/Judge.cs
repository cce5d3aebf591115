using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TestRunner.KernelTests;

namespace TestRunner.Runs;

/// <summary>Finds the verdict of a run. The gravest cause wins: a panic explains a wrong transcript, not the reverse.</summary>
public static class Judge
{
    /// <summary>How a line of a kernel that gives up begins.</summary>
    public const string PanicPrefix = "PANIC";

    /// <summary>
    /// QEMU's status for success through isa-debug-exit; a failure with code c gives 2 * c more. Lower ones are QEMU's
    /// own.
    /// </summary>
    public const int DebugExitBase = 33;

    /// <summary>The verdict and its cause.</summary>
    public static (Verdict Verdict, string Cause) Decide(RunObservation observation, RunExpectation expectation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(expectation);
        IReadOnlyList<SerialLine> lines = observation.Lines;
        int status = observation.End.Status;

        if (expectation.Refusal is { } refusal && !observation.TimedOut)
        {
            return DecideRefusal(observation, refusal, expectation.FirmwarePrints);
        }

        SerialLine? panic = lines.FirstOrDefault(line => line.Text.StartsWith(PanicPrefix, StringComparison.Ordinal));
        if (panic is not null)
        {
            string then = observation.TimedOut ? ", and the machine did not end" : "";
            return (Verdict.Panicked, $"the kernel panicked: \"{panic.Text}\"{then}");
        }

        if (observation.TimedOut)
        {
            string what = observation.SilentFor is not { } silence
                ? $"the machine did not end within {Seconds(observation.Limit)}; {LastLine(lines)}"
                : lines.Count == 0
                    ? $"the machine printed nothing at all for {Seconds(silence)}"
                    : $"the machine printed nothing more for {Seconds(silence)}; {LastLine(lines)}";
            return (Verdict.Hung, $"{what}{Where(observation.Cores)}");
        }

        if (observation.End.Cause == ShutdownCause.Reset)
        {
            string what = observation.End.Fault is { } fault ? $"{fault}" : "the machine was reset, as a triple fault does";
            return (Verdict.Panicked, $"{what}; {LastLine(lines)}");
        }

        if (observation.End.Cause == ShutdownCause.Debugger)
        {
            return (Verdict.Interrupted, $"gdb ended the machine; {LastLine(lines)}");
        }

        if (EmulatorFailure(observation.End) is { } failure)
        {
            return (Verdict.NotStarted, failure);
        }

        TranscriptDifference? difference =
            expectation.Transcript?.Compare([.. lines.Select(line => line.Text)], expectation.FirmwarePrints);
        if (status > DebugExitBase)
        {
            string where = difference is null ? LastLine(lines) : difference.ToString();
            // A shell's way of telling a signal (128 + its number) falls into the range of kernel codes.
            string or = status is > 128 and < 160 ? $", or signal {status - 128} ended the emulator" : "";
            return (Verdict.Failed, $"the kernel ended with failure code {(status - DebugExitBase) / 2}{or}; {where}");
        }

        return difference is null ? (Verdict.Passed, "") : (Verdict.Failed, difference.ToString());
    }

    /// <summary>
    /// The verdict of a run whose kernel tells of tests. A machine that hung or panicked stays that; its tests say where.
    /// </summary>
    /// <param name="verdict">The verdict on the machine.</param>
    /// <param name="cause">Its cause.</param>
    /// <param name="tests">What the kernel told.</param>
    public static (Verdict Verdict, string Cause) DecideTests(Verdict verdict, string cause, KernelTestReport tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        if (tests.Succeeded || verdict is not (Verdict.Passed or Verdict.Failed))
        {
            return (verdict, cause);
        }

        List<string> causes = [];
        if (tests.Failed > 0)
        {
            KernelTestResult first = tests.Results.First(result => result.Outcome == KernelTestOutcome.Failed);
            causes.Add($"{tests.Failed} of {tests.Results.Count} tests failed, the first {first.Id}: {first.Message.Split('\n')[0]}");
        }

        causes.AddRange(tests.Problems);
        return (Verdict.Failed, causes.Count > 0 ? string.Join("; ", causes) : "the kernel ran no test");
    }

    /// <summary>A machine that the kernel must refuse: exactly these lines, then an end that is no success.</summary>
    private static (Verdict Verdict, string Cause) DecideRefusal(RunObservation observation, Transcript refusal, bool firmwarePrints)
    {
        if (observation.End.Cause == ShutdownCause.Reset)
        {
            string what = observation.End.Fault is { } fault ? $"{fault}" : "the machine was reset";
            return (Verdict.Panicked, $"{what} instead of a refusal; {LastLine(observation.Lines)}");
        }

        if (EmulatorFailure(observation.End) is { } failure)
        {
            return (Verdict.NotStarted, failure);
        }

        if (refusal.Compare([.. observation.Lines.Select(line => line.Text)], firmwarePrints) is { } difference)
        {
            return (Verdict.Failed, $"the kernel did not refuse this machine as expected: {difference}");
        }

        return observation.End.Status > DebugExitBase
            ? (Verdict.Passed, "")
            : (Verdict.Failed, "the kernel refused this machine but ended as if all were well");
    }

    /// <summary>Why an end is the emulator's and not the kernel's, or null.</summary>
    private static string? EmulatorFailure(MachineEnd end)
    {
        string errors = end.Errors.Length > 0 ? end.Errors : "it gave no reason";
        if (!IsKernelStatus(end.Status))
        {
            return $"the emulator failed with status {end.Status}: {errors}";
        }

        // QEMU leaves with status 0 too when a signal ends it, or when it only printed some help.
        return end is { Status: 0, Cause: ShutdownCause.Unknown }
            ? $"the emulator ended, but the kernel did not power the machine off: {errors}"
            : null;
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static string Where(IReadOnlyList<CoreState> cores) => cores.Count == 0 ? "" : $"; {string.Join(", ", cores)}";

    private static bool IsKernelStatus(int status) =>
        status == 0 || (status is >= DebugExitBase and <= DebugExitBase + 200 && status % 2 == 1);

    private static string LastLine(IReadOnlyList<SerialLine> lines) =>
        lines.Count == 0 ? "it printed nothing" : $"the last line was \"{lines[^1].Text}\"";
}

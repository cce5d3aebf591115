using System;
using System.Collections.Generic;
using System.Linq;

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

        SerialLine? panic = lines.FirstOrDefault(line => line.Text.StartsWith(PanicPrefix, StringComparison.Ordinal));
        if (panic is not null)
        {
            string then = observation.TimedOut ? ", and the machine did not end" : "";
            return (Verdict.Panicked, $"the kernel panicked: \"{panic.Text}\"{then}");
        }

        if (observation.TimedOut)
        {
            return (Verdict.Hung, $"the machine did not end within {observation.Limit.TotalSeconds:0.###} s; {LastLine(lines)}");
        }

        if (observation.End.Cause == ShutdownCause.Reset)
        {
            return (Verdict.Panicked, $"the machine was reset, as a triple fault does; {LastLine(lines)}");
        }

        if (!IsKernelStatus(status))
        {
            string errors = observation.End.Errors.Length > 0 ? observation.End.Errors : "it gave no reason";
            return (Verdict.NotStarted, $"the emulator failed with status {status}: {errors}");
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

    private static bool IsKernelStatus(int status) =>
        status == 0 || (status is >= DebugExitBase and <= DebugExitBase + 200 && status % 2 == 1);

    private static string LastLine(IReadOnlyList<SerialLine> lines) =>
        lines.Count == 0 ? "it printed nothing" : $"the last line was \"{lines[^1].Text}\"";
}

using System.Collections.Generic;
using System.Linq;
using TestRunner.Matrix;
using TestRunner.Runs;

namespace TestRunner.Cli;

/// <summary>The exit code of a matrix.</summary>
internal static class MatrixExit
{
    /// <summary>
    /// 0 when every cell passed or was skipped and one passed; the verdict that all failed cells share; 1 when they
    /// differ. A matrix of skips alone has shown nothing: no machine could be started.
    /// </summary>
    public static int Code(IReadOnlyList<CellResult> results)
    {
        Verdict[] verdicts = [.. results.Where(result => result.Run is not null).Select(result => result.Run!.Verdict).Distinct()];
        Verdict[] failures = [.. verdicts.Where(verdict => verdict != Verdict.Passed)];
        return failures.Length switch
        {
            0 when verdicts.Length == 0 => (int)Verdict.NotStarted,
            0 => (int)Verdict.Passed,
            1 => (int)failures[0],
            _ => (int)Verdict.Failed,
        };
    }
}

using TestRunner.Runs;

namespace TestRunner.Cli;

/// <summary>The exit codes that are not a <see cref="Verdict"/>.</summary>
internal static class ExitCode
{
    /// <summary>The command line makes no sense.</summary>
    public const int BadUsage = 2;

    /// <summary>Ended by the user or by a signal, as a shell reports it.</summary>
    public const int Interrupted = 130;
}

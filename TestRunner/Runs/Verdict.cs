namespace TestRunner.Runs;

/// <summary>What became of a run. The numbers are the runner's exit codes; 2 is for bad usage.</summary>
public enum Verdict
{
    /// <summary>The machine ended well and printed what was expected.</summary>
    Passed = 0,

    /// <summary>The machine ended, but not as expected.</summary>
    Failed = 1,

    /// <summary>The machine could not be started, or the emulator itself failed.</summary>
    NotStarted = 3,

    /// <summary>The machine did not end in time.</summary>
    Hung = 4,

    /// <summary>The kernel panicked or the machine was reset.</summary>
    Panicked = 5,

    /// <summary>The user ended it, by gdb.</summary>
    Interrupted = 130,
}

namespace TestRunner.Runs;

/// <summary>How an emulator process ended.</summary>
/// <param name="Status">Its exit status.</param>
/// <param name="Cause">Why the machine stopped.</param>
/// <param name="Errors">What the emulator itself wrote to its standard error.</param>
public sealed record MachineEnd(int Status, ShutdownCause Cause, string Errors)
{
    /// <summary>The triple fault that reset the machine, where the emulator tells of it; else null.</summary>
    public MachineFault? Fault { get; init; }
}

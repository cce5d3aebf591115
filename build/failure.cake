/// <summary>Ends the build with a message of one line and an exit code; everything else is a defect of the script.</summary>
public sealed class BuildFailure : Exception
{
    public const int General = 1;
    public const int BadUsage = 2;
    public const int NoCosmos = 3;

    public BuildFailure(int exitCode, string message)
        : base(message)
    {
        ExitCode = exitCode;
    }

    public int ExitCode { get; }
}

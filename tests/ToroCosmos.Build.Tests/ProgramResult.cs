namespace ToroCosmos.Build.Tests;

/// <summary>How a program ended and what it printed, errors included.</summary>
public sealed record ProgramResult(int ExitCode, string Output)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}";
}

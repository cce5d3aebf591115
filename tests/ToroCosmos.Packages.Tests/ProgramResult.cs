namespace ToroCosmos.Packages.Tests;

/// <summary>How a program ended and what it printed.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}{Errors}";
}

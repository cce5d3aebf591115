namespace TestRunner.KernelTests;

/// <summary>A check that failed, or an exception that escaped.</summary>
/// <param name="Core">The core it happened on.</param>
/// <param name="Place">File and line, the file relative to the kernel's project.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record KernelTestFailure(int Core, string Place, string Message)
{
    public override string ToString() => $"{Place}: {Message} (core {Core})";
}

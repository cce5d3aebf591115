namespace TestRunner.KernelTests;

/// <summary>What became of a test in a kernel.</summary>
public enum KernelTestOutcome
{
    /// <summary>The kernel said that it passed.</summary>
    Passed,

    /// <summary>A check failed, an exception escaped, or the kernel never said that it passed.</summary>
    Failed,

    /// <summary>The kernel did not run it, and said why.</summary>
    Skipped,

    /// <summary>It was only listed.</summary>
    Listed,
}

using ToroCosmos.KernelTesting;
using ToroCosmos.Power;

namespace ToroCosmos.KernelSuites;

/// <summary>The Cosmos kernel: it runs all tests that work under both toolchains, or commits the fault it is asked for.</summary>
public class Kernel : Cosmos.System.Kernel
{
    /// <inheritdoc/>
    protected override void Run()
    {
        Faults.CommitWanted();
        MachinePower.Off(KernelTests.Run([]));
    }
}

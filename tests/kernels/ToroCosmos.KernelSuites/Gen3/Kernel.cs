using ToroCosmos.KernelTesting;
using ToroCosmos.Power;

namespace ToroCosmos.KernelSuites;

/// <summary>The kernel of Cosmos gen3: it runs all tests that need no runtime of ours, or commits the fault it is asked for.</summary>
public class Kernel : Cosmos.Kernel.System.Kernel
{
    /// <inheritdoc/>
    protected override void Run()
    {
        Faults.CommitWanted();
        MachinePower.Off(KernelTests.Run([]));
    }
}

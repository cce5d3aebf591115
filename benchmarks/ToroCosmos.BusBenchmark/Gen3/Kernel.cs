using ToroCosmos.Power;

namespace ToroCosmos.BusBenchmark;

/// <summary>The kernel of Cosmos gen3: it measures, and ends the machine.</summary>
public class Kernel : Cosmos.Kernel.System.Kernel
{
    /// <inheritdoc/>
    protected override void Run() => MachinePower.Off(Comparison.Run());
}

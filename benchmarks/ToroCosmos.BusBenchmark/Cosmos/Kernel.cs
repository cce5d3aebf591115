using ToroCosmos.Power;

namespace ToroCosmos.BusBenchmark;

/// <summary>The Cosmos kernel: it measures, and ends the machine.</summary>
public class Kernel : Cosmos.System.Kernel
{
    /// <inheritdoc/>
    protected override void Run() => MachinePower.Off(Comparison.Run());
}

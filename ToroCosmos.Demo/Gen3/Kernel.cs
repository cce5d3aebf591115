using ToroCosmos.Power;

namespace ToroCosmos.Demo;

/// <summary>The kernel of Cosmos gen3: it runs the demo, which starts the other cores, and ends the machine.</summary>
public class Kernel : Cosmos.Kernel.System.Kernel
{
    /// <inheritdoc/>
    protected override void Run() => MachinePower.Off(BroadcastDemo.Run([]));
}

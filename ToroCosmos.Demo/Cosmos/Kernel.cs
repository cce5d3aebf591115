using ToroCosmos.Power;

namespace ToroCosmos.Demo;

/// <summary>The Cosmos kernel: it runs the demo, which starts the other cores, and ends the machine.</summary>
public class Kernel : Cosmos.System.Kernel
{
    /// <inheritdoc/>
    protected override void Run() => MachinePower.Off(BroadcastDemo.Run([]));
}

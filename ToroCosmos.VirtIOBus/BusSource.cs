using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.VirtIOBus;

/// <summary>Something on the bus that a core can wait for in a wait set.</summary>
public abstract class BusSource : WaitSource
{
    private protected BusSource(BusEndpoint endpoint)
        : base(endpoint.Core)
    {
        Endpoint = endpoint;
    }

    /// <summary>The end of the bus that it belongs to.</summary>
    private protected BusEndpoint Endpoint { get; }

    /// <inheritdoc/>
    public override void Flush() => Endpoint.Flush();
}

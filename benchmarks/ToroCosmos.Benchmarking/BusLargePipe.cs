using System;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Benchmarking;

/// <summary>The bus by its call for large messages: one copy, straight from the sender's memory.</summary>
public readonly struct BusLargePipe : IPipe
{
    private readonly BusEndpoint _sender;
    private readonly BusEndpoint _receiver;
    private readonly int _from;
    private readonly int _to;

    /// <summary>A pipe over a bus whose queues are initialized and whose cores may lend their memory.</summary>
    public BusLargePipe(MessageBus bus, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(bus);
        _sender = bus.Endpoint(from);
        _receiver = bus.Endpoint(to);
        _from = from;
        _to = to;
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message) => _ = _sender.SendLargeTo(_to, message);

    /// <inheritdoc/>
    public void Receive(Span<byte> buffer) => _ = _receiver.RecvFrom(_from, buffer, out _);
}

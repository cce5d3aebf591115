using System;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Benchmarking;

/// <summary>The bus by its calls for many small messages at a time: what is sent is several messages.</summary>
public readonly struct BusBatchPipe : IPipe
{
    private readonly BusEndpoint _sender;
    private readonly BusEndpoint _receiver;
    private readonly int _from;
    private readonly int _to;
    private readonly int _messageBytes;
    private readonly int[] _lengths;

    /// <summary>A pipe over a bus whose queues are initialized.</summary>
    public BusBatchPipe(MessageBus bus, int from, int to, int messageBytes, int messages)
    {
        ArgumentNullException.ThrowIfNull(bus);
        _sender = bus.Endpoint(from);
        _receiver = bus.Endpoint(to);
        _from = from;
        _to = to;
        _messageBytes = messageBytes;
        _lengths = new int[messages];
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message) => _ = _sender.SendBatchTo(_to, message, _messageBytes, out _);

    /// <inheritdoc/>
    public void Receive(Span<byte> buffer)
    {
        int received = 0;
        while (received < buffer.Length)
        {
            _ = _receiver.RecvBatchFrom(_from, buffer[received..], _lengths, out int count);
            received += count * _messageBytes;
        }
    }
}

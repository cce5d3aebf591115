using System;
using System.Runtime.InteropServices;
using ToroCosmos.Memory;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Benchmarking;

/// <summary>
/// The bus by its calls that copy nothing: messages are made in the bus's memory and read there. Making one is a copy of
/// the message; reading one is a look at a word of each line, and a copy only where it is not the message of before.
/// </summary>
public readonly unsafe struct BusInPlacePipe : IPipe
{
    private const int LineBytes = 64;

    private readonly BusEndpoint _sender;
    private readonly BusEndpoint _receiver;
    private readonly int _from;
    private readonly int _to;

    /// <summary>A pipe over a bus whose queues are initialized.</summary>
    public BusInPlacePipe(MessageBus bus, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(bus);
        _sender = bus.Endpoint(from);
        _receiver = bus.Endpoint(to);
        _from = from;
        _to = to;
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message)
    {
        if (_sender.ReserveTo(_to, out Span<byte> room) == BusStatus.Ok)
        {
            Copy(message, room);
            _ = _sender.CommitTo(_to, message.Length);
        }
    }

    /// <inheritdoc/>
    public void Receive(Span<byte> buffer)
    {
        if (_receiver.PeekFrom(_from, out ReadOnlySpan<byte> message) == BusStatus.Ok)
        {
            if (Differs(message, buffer))
            {
                Copy(message, buffer);
            }

            _ = _receiver.ReleaseFrom(_from);
        }
    }

    private static void Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        fixed (byte* source = from, destination = to)
        {
            MemoryCopy.Copy(destination, source, (uint)from.Length);
        }
    }

    private static bool Differs(ReadOnlySpan<byte> message, ReadOnlySpan<byte> before)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(message);
        ReadOnlySpan<ulong> known = MemoryMarshal.Cast<byte, ulong>(before);
        for (int i = 0; i < words.Length; i += LineBytes / sizeof(ulong))
        {
            if (words[i] != known[i])
            {
                return true;
            }
        }

        return false;
    }
}

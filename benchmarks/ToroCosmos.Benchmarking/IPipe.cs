using System;

namespace ToroCosmos.Benchmarking;

/// <summary>
/// Messages from one core to another: what every subject is measured as. Both calls copy the message and wait as long as
/// it takes, each in its subject's own way. Implemented by structures, so that no call through an interface is measured.
/// </summary>
public interface IPipe
{
    /// <summary>Sends a message; for one core only.</summary>
    void Send(ReadOnlySpan<byte> message);

    /// <summary>Receives the next message, which has the buffer's length; for the other core only.</summary>
    void Receive(Span<byte> buffer);
}

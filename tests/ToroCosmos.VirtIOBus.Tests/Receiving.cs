using System;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>Receives what must be there.</summary>
internal static class Receiving
{
    /// <returns>The message's length.</returns>
    public static int Receive(this BusEndpoint end, int core, Span<byte> buffer)
    {
        Assert.Equal(BusStatus.Ok, end.RecvFrom(core, buffer, out int length));
        return length;
    }

    /// <returns>The message's length.</returns>
    public static int ReceiveAny(this BusEndpoint end, Span<byte> buffer, out int core)
    {
        Assert.Equal(BusStatus.Ok, end.RecvFromAny(buffer, out core, out int length));
        return length;
    }

    /// <returns>How many messages.</returns>
    public static int ReceiveBatch(this BusEndpoint end, int core, Span<byte> buffer, Span<int> lengths)
    {
        Assert.Equal(BusStatus.Ok, end.RecvBatchFrom(core, buffer, lengths, out int count));
        return count;
    }
}

using System;
using System.Runtime.InteropServices;
using ToroCosmos.VirtIOBus;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Messages of two words, so that each tells its number and shows it when only half of it is there.</summary>
internal static class Message
{
    public const int Bytes = 2 * sizeof(ulong);

    public static void Send(BusEndpoint end, int receiver, int number, ulong timeoutNs = BusEndpoint.NoLimit) =>
        Assert.Equal(BusStatus.Ok, TrySend(end, receiver, number, timeoutNs));

    public static BusStatus TrySend(BusEndpoint end, int receiver, int number, ulong timeoutNs)
    {
        ReadOnlySpan<ulong> words = [(ulong)number, ~(ulong)number];
        return end.SendTo(receiver, MemoryMarshal.AsBytes(words), timeoutNs);
    }

    public static void Receive(BusEndpoint end, int sender, int number) =>
        Assert.Equal(BusStatus.Ok, TryReceive(end, sender, number, BusEndpoint.NoLimit));

    public static BusStatus TryReceive(BusEndpoint end, int sender, int number, ulong timeoutNs)
    {
        Span<ulong> words = stackalloc ulong[2];
        BusStatus status = end.RecvFrom(sender, MemoryMarshal.AsBytes(words), timeoutNs, out int length);
        if (status == BusStatus.Ok)
        {
            Assert.Equal(Bytes, length);
            Assert.True(
                words[0] == (ulong)number && words[1] == ~(ulong)number,
                $"expected message {number}, received the words {words[0]:x} {words[1]:x}");
        }

        return status;
    }

    /// <summary>Fails when there is a message.</summary>
    public static void ExpectNone(BusEndpoint end, int sender)
    {
        Span<byte> message = stackalloc byte[Bytes];
        Assert.Equal(BusStatus.Empty, end.TryRecvFrom(sender, message, out _));
    }
}

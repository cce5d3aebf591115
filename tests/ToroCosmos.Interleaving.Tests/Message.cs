using System;
using System.Runtime.InteropServices;
using ToroCosmos.Memory;
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

    /// <summary>Makes a message in shared memory.</summary>
    public static unsafe void Make(byte* place, int number)
    {
        ulong* words = stackalloc ulong[2] { (ulong)number, ~(ulong)number };
        MemoryCopy.Copy(place, (byte*)words, Bytes);
    }

    /// <summary>Checks a message in shared memory.</summary>
    public static unsafe void Check(byte* place, int number)
    {
        ulong* words = stackalloc ulong[2];
        MemoryCopy.Copy((byte*)words, place, Bytes);
        Check(words[0], words[1], number);
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
            Check(words[0], words[1], number);
        }

        return status;
    }

    /// <summary>Fails when there is a message.</summary>
    public static void ExpectNone(BusEndpoint end, int sender)
    {
        Span<byte> message = stackalloc byte[Bytes];
        Assert.Equal(BusStatus.Empty, end.TryRecvFrom(sender, message, out _));
    }

    private static void Check(ulong first, ulong second, int number) => Assert.True(
        first == (ulong)number && second == ~(ulong)number,
        $"expected message {number}, received the words {first:x} {second:x}");
}

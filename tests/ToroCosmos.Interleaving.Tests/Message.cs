using System;
using System.Runtime.InteropServices;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Links;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>
/// Messages that tell their number in each word, so that one shows when only a part of it is there. Their lengths change,
/// and in no slot of a queue is each the length of the one before, nor each another.
/// </summary>
internal static class Message
{
    /// <summary>Numbers from this one on are those of long messages, for which the next buffer is owned in advance.</summary>
    public const int Long = 1_000_000;

    /// <summary>Length of the longest message, in bytes; of the long ones too.</summary>
    public const int MaximumBytes = 2 * sizeof(ulong);

    public const int MaximumLongBytes = (int)InOrderDevice.MinimumPrefetch + sizeof(ulong);

    private static ReadOnlySpan<byte> Words => [1, 2, 2, 2, 1, 1];

    private static ReadOnlySpan<byte> LongWords => [MaximumLongBytes / sizeof(ulong), 1, 32, 32, 33, 32];

    /// <summary>The length of a message.</summary>
    public static int BytesOf(int number) =>
        (number < Long ? Words[number % Words.Length] : LongWords[(number - Long) % LongWords.Length]) * sizeof(ulong);

    public static void Send(BusEndpoint end, int receiver, int number, ulong timeoutNs = TimeLimit.None) =>
        Assert.Equal(BusStatus.Ok, TrySend(end, receiver, number, timeoutNs));

    public static BusStatus TrySend(BusEndpoint end, int receiver, int number, ulong timeoutNs)
    {
        Span<ulong> words = stackalloc ulong[MaximumLongBytes / sizeof(ulong)];
        return end.SendTo(receiver, Make(words, number), timeoutNs);
    }

    /// <summary>Makes a message in private memory.</summary>
    /// <param name="words">Room for it.</param>
    /// <param name="number">Which.</param>
    public static ReadOnlySpan<byte> Make(Span<ulong> words, int number)
    {
        words = words[..(BytesOf(number) / sizeof(ulong))];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Word(number, i);
        }

        return MemoryMarshal.AsBytes(words);
    }

    /// <summary>Makes a message in shared memory.</summary>
    public static unsafe void Make(byte* place, int number)
    {
        ulong* words = stackalloc ulong[MaximumLongBytes / sizeof(ulong)];
        MemoryCopy.Copy(place, (byte*)words, (uint)Make(new Span<ulong>(words, MaximumLongBytes / sizeof(ulong)), number).Length);
    }

    /// <summary>Checks a message in shared memory.</summary>
    public static unsafe void Check(byte* place, int bytes, int number)
    {
        ulong* words = stackalloc ulong[MaximumLongBytes / sizeof(ulong)];
        MemoryCopy.Copy((byte*)words, place, (uint)bytes);
        Check(new ReadOnlySpan<byte>(words, bytes), number);
    }

    public static void Receive(BusEndpoint end, int sender, int number) =>
        Assert.Equal(BusStatus.Ok, TryReceive(end, sender, number, TimeLimit.None));

    public static BusStatus TryReceive(BusEndpoint end, int sender, int number, ulong timeoutNs)
    {
        Span<byte> message = stackalloc byte[MaximumLongBytes];
        BusStatus status = end.RecvFrom(sender, message, timeoutNs, out int length);
        if (status == BusStatus.Ok)
        {
            Check(message[..length], number);
        }

        return status;
    }

    /// <summary>Fails when there is a message.</summary>
    public static void ExpectNone(BusEndpoint end, int sender)
    {
        Span<byte> message = stackalloc byte[MaximumLongBytes];
        Assert.Equal(BusStatus.Empty, end.TryRecvFrom(sender, message, out _));
    }

    /// <summary>Checks a message in private memory.</summary>
    public static void Check(ReadOnlySpan<byte> message, int number)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(message);
        bool isRight = message.Length == BytesOf(number);
        for (int i = 0; i < words.Length && isRight; i++)
        {
            isRight = !MemoryCopy.IsCopied(i, words.Length) || words[i] == Word(number, i);
        }

        Assert.True(
            isRight,
            $"expected message {number} of {BytesOf(number)} bytes, received {Convert.ToHexString(message)}");
    }

    /// <summary>Its lowest byte is not 0, so that a write for the cache line's sake shows.</summary>
    private static ulong Word(int number, int index) => ((ulong)(uint)number << 32) | 0x80808080 | ((ulong)index << 8);
}

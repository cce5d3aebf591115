using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.VirtIOBus;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Scenarios of the ways to send other than one copied message at a time.</summary>
internal static unsafe class Transfers
{
    /// <summary>Messages are made and read in place; the second of a pair shows both, or the wait for an answer does.</summary>
    public static Scenario InPlace(int queueSize, int pairs) => new()
    {
        QueueSize = queueSize,
        Core0 = new CoreProgram(3 * pairs, (end, step) =>
        {
            if (step % 3 == 2)
            {
                Message.Receive(end, 1, step / 3);
                return;
            }

            int number = (step / 3 * 2) + (step % 3);
            Assert.Equal(BusStatus.Ok, end.ReserveTo(1, out Span<byte> room));
            Message.Make((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(room)), number);
            Assert.Equal(BusStatus.Ok, end.CommitTo(1, Message.Bytes, more: true));
        }),
        Core1 = new CoreProgram(3 * pairs, (end, step) =>
        {
            if (step % 3 == 2)
            {
                Message.Send(end, 0, step / 3);
                return;
            }

            int number = (step / 3 * 2) + (step % 3);
            Assert.Equal(BusStatus.Ok, end.PeekFrom(0, out ReadOnlySpan<byte> message));
            Assert.Equal(Message.Bytes, message.Length);
            Message.Check((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(message)), number);
            Assert.Equal(BusStatus.Ok, end.ReleaseFrom(0));
        }),
    };

    /// <summary>One batch that is longer than the queue, received in whatever pieces come.</summary>
    public static Scenario Batch(int queueSize, int messages) => new()
    {
        QueueSize = queueSize,
        Core0 = new CoreProgram(1, (end, _) =>
        {
            ulong* words = stackalloc ulong[2 * messages];
            for (int i = 0; i < messages; i++)
            {
                words[2 * i] = (ulong)i;
                words[(2 * i) + 1] = ~(ulong)i;
            }

            ReadOnlySpan<byte> batch = new(words, messages * Message.Bytes);
            Assert.Equal(BusStatus.Ok, end.SendBatchTo(1, batch, Message.Bytes));
        }),
        Core1 = new CoreProgram(1, (end, _) =>
        {
            byte* received = stackalloc byte[messages * Message.Bytes];
            Span<int> lengths = stackalloc int[messages];
            for (int count = 0; count < messages;)
            {
                Span<byte> rest = new(received + (count * Message.Bytes), (messages - count) * Message.Bytes);
                int more = end.RecvBatchFrom(0, rest, lengths[count..]);
                Assert.True(more > 0);
                count += more;
            }

            for (int i = 0; i < messages; i++)
            {
                Assert.Equal(Message.Bytes, lengths[i]);
                Message.Check(received + (i * Message.Bytes), i);
            }

            Message.ExpectNone(end, 0);
        }),
    };

    /// <summary>Broadcasts, received from whoever sends.</summary>
    public static Scenario Broadcast(int queueSize, int messages) => Scenario.OneWay(queueSize, messages) with
    {
        Core0 = new CoreProgram(messages, (end, step) =>
        {
            ReadOnlySpan<ulong> words = [(ulong)step, ~(ulong)step];
            Assert.Equal(BusStatus.Ok, end.Broadcast(MemoryMarshal.AsBytes(words)));
        }),
        Core1 = new CoreProgram(messages, (end, step) =>
        {
            byte* message = stackalloc byte[Message.Bytes];
            Assert.Equal(Message.Bytes, end.RecvFromAny(new Span<byte>(message, Message.Bytes), out int sender));
            Assert.Equal(0, sender);
            Message.Check(message, step);
        }),
    };

    /// <summary>Messages are lent, always in the same memory.</summary>
    /// <param name="messages">How many.</param>
    /// <param name="isReturnAwaited">Whether the sender waits for the memory before it makes the next message there.</param>
    public static Scenario Loans(int messages, bool isReturnAwaited = true)
    {
        byte* memory = null;
        return Scenario.OneWay(queueSize: 2, messages) with
        {
            Prepare = bus => memory = bus.Lent,
            Core0 = new CoreProgram(messages, (end, step) =>
            {
                Message.Make(memory, step);
                Assert.Equal(BusStatus.Ok, end.TryLendTo(1, memory, Message.Bytes, out BusLoan loan));
                if (isReturnAwaited)
                {
                    Assert.Equal(BusStatus.Ok, end.AwaitReturn(loan, BusEndpoint.NoLimit));
                }
            }),
        };
    }
}

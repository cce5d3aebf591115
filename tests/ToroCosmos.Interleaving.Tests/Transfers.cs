using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Scenarios of the ways to send other than one copied message at a time.</summary>
internal static unsafe class Transfers
{
    private const ulong SomeTime = 1000;

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
            MakeInPlace(end, 1, number, more: true);
        }),
        Core1 = new CoreProgram(3 * pairs, (end, step) =>
        {
            if (step % 3 == 2)
            {
                Message.Send(end, 0, step / 3);
                return;
            }

            int number = (step / 3 * 2) + (step % 3);
            ReadInPlace(end, 0, number);
        }),
    };

    /// <summary>Long messages are made and read in place.</summary>
    public static Scenario LongInPlace() => Scenario.LongOneWay(queueSize: 2, messages: 3) with
    {
        Core0 = new CoreProgram(3, (end, step) => MakeInPlace(end, 1, Message.Long + step, more: step == 1)),
        Core1 = new CoreProgram(3, (end, step) => ReadInPlace(end, 0, Message.Long + step)),
    };

    /// <summary>The queue is full; room and messages are waited for some time, then as long as it takes.</summary>
    public static Scenario TimedInPlace() => Scenario.FromFull(queueSize: 2, messages: 3) with
    {
        Core0 = new CoreProgram(1, (end, _) =>
        {
            BusStatus status = end.ReserveTo(1, SomeTime, out Span<byte> room);
            if (status == BusStatus.TimedOut)
            {
                status = end.ReserveTo(1, out room);
            }

            Assert.Equal(BusStatus.Ok, status);
            Message.Make(AddressOf(room), 2);
            Assert.Equal(BusStatus.Ok, end.CommitTo(1, Message.BytesOf(2)));
        }),
        Core1 = new CoreProgram(3, (end, step) =>
        {
            if (end.PeekFrom(0, SomeTime, out _) == BusStatus.Ok)
            {
                Assert.Equal(BusStatus.Ok, end.CancelFrom(0));
            }

            ReadInPlace(end, 0, step);
        }),
    };

    /// <summary>Two batches of different lengths, the first longer than the queue, received in whatever pieces come.</summary>
    public static Scenario Batches()
    {
        const int First = 1;
        const int Second = 4;
        const int End = 6;
        int* next = null;
        return new Scenario
        {
            QueueSize = 2,
            Prepare = memory =>
            {
                next = memory.NotesOf(1);
                *next = First;
            },
            Core0 = new CoreProgram(2, (end, step) =>
            {
                if (step == 0)
                {
                    SendBatch(end, First, Second - First);
                }
                else
                {
                    SendBatch(end, Second, End - Second);
                }
            }),
            Core1 = new CoreProgram(End - First + 1, (end, _) =>
            {
                if (*next == End)
                {
                    Message.ExpectNone(end, 0);
                }
                else
                {
                    *next += ReceiveBatch(end, *next);
                }
            }),
        };
    }

    /// <summary>
    /// A batch longer than the queue is sent for some time, or as far as there is room at once, and what is left of it as
    /// long as it takes.
    /// </summary>
    public static Scenario BatchInTime(bool isTimed)
    {
        const int First = 1;
        const int Count = 3;
        return new Scenario
        {
            QueueSize = 2,
            Core0 = new CoreProgram(1, (end, _) =>
            {
                int bytes = Message.BytesOf(First);
                Span<byte> batch = stackalloc byte[Count * bytes];
                MakeBatch(batch, First, Count);
                int sent;
                BusStatus status = isTimed
                    ? end.SendBatchTo(1, batch, bytes, SomeTime, out sent)
                    : end.TrySendBatchTo(1, batch, bytes, out sent);
                BusStatus late = isTimed ? BusStatus.TimedOut : BusStatus.Full;
                Assert.Equal(sent == Count ? BusStatus.Ok : late, status);
                Assert.Equal(BusStatus.Ok, end.SendBatchTo(1, batch[(sent * bytes)..], bytes, out int rest));
                Assert.Equal(Count, sent + rest);
            }),
            Core1 = Scenario.ReceiveAll(Count, First),
        };
    }

    /// <summary>Each core sends the other a large message and takes the other's only when its own call has returned.</summary>
    /// <param name="timeoutNs">How long each waits; then as long as it takes.</param>
    public static Scenario LargeToEachOther(ulong timeoutNs)
    {
        BusMemory? bus = null;
        CoreProgram program = new(1, (end, _) =>
        {
            int peer = 1 - end.Core;
            byte* memory = bus!.Lent + (end.Core * Message.MaximumBytes);
            Message.Make(memory, end.Core);
            BusStatus status = end.SendLargeTo(
                peer, new ReadOnlySpan<byte>(memory, Message.BytesOf(end.Core)), timeoutNs, out BusLoan loan);
            Assert.Equal(status == BusStatus.StillLent, loan != default);
            Message.Receive(end, peer, peer);
            if (status == BusStatus.StillLent)
            {
                status = end.AwaitReturn(loan);
            }

            Assert.Equal(BusStatus.Ok, status);

            // The memory is its own again: who still reads it finds another message.
            Message.Make(memory, end.Core + 2);
        });
        return new Scenario { QueueSize = 2, Prepare = memory => bus = memory, Core0 = program, Core1 = program };
    }

    /// <summary>Broadcasts, received from whoever sends.</summary>
    public static Scenario Broadcast(int queueSize, int messages) => Scenario.OneWay(queueSize, messages) with
    {
        Core0 = new CoreProgram(messages, BroadcastOne),
        Core1 = new CoreProgram(messages, (end, step) => ReceiveAny(end, expectedSender: 0, step)),
    };

    /// <summary>Sends a message to all other cores.</summary>
    public static void BroadcastOne(BusEndpoint end, int number)
    {
        Span<ulong> words = stackalloc ulong[Message.MaximumBytes / sizeof(ulong)];
        Assert.Equal(BusStatus.Ok, end.Broadcast(Message.Make(words, number)));
    }

    /// <summary>Receives a message from any core, which must be a certain one.</summary>
    public static void ReceiveAny(BusEndpoint end, int expectedSender, int number)
    {
        Span<byte> message = stackalloc byte[Message.MaximumBytes];
        Assert.Equal(BusStatus.Ok, end.RecvFromAny(message, out int sender, out int length));
        Assert.Equal(expectedSender, sender);
        Message.Check(message[..length], number);
    }

    /// <summary>Messages are lent, always in the same memory, and copied in turns.</summary>
    /// <param name="messages">How many.</param>
    /// <param name="isReturnAwaited">Whether the sender waits for the memory before it makes the next message there.</param>
    public static Scenario Loans(int messages, bool isReturnAwaited = true) => Loans(messages, (end, loan) =>
    {
        if (isReturnAwaited)
        {
            Assert.Equal(BusStatus.Ok, end.AwaitReturn(loan));
        }
    });

    /// <summary>As <see cref="Loans(int, bool)"/>; the memory is waited for some time, then as long as it takes.</summary>
    public static Scenario TimedLoans(int messages) => Loans(messages, (end, loan) =>
    {
        if (end.AwaitReturn(loan, SomeTime) == BusStatus.StillLent)
        {
            Assert.Equal(BusStatus.Ok, end.AwaitReturn(loan));
        }
    });

    /// <summary>So many messages have followed a lent one that 16 bits do not tell how many.</summary>
    public static Scenario OldLoan()
    {
        const int Later = 40_000;
        BusLoan loan = default;
        return Scenario.OneWay(queueSize: 2, messages: 0) with
        {
            Prepare = memory =>
            {
                BusEndpoint sender = memory.Bus.Endpoint(0);
                Assert.Equal(BusStatus.Ok, sender.TryLendTo(1, memory.Lent, Message.MaximumBytes, out loan));
                Span<byte> lent = stackalloc byte[Message.MaximumBytes];
                Assert.Equal(BusStatus.Ok, memory.Bus.Endpoint(1).RecvFrom(0, lent, out _));
                for (int i = 0; i < Later; i++)
                {
                    Message.Send(sender, 1, i);
                    Message.Receive(memory.Bus.Endpoint(1), 0, i);
                }
            },
            Core0 = new CoreProgram(1, (end, _) => Assert.Equal(BusStatus.Ok, end.AwaitReturn(loan))),
        };
    }

    private static Scenario Loans(int messages, Action<BusEndpoint, BusLoan> awaitReturn)
    {
        byte* memory = null;
        return Scenario.OneWay(queueSize: 2, messages) with
        {
            Prepare = bus => memory = bus.Lent,
            Core0 = new CoreProgram(messages, (end, step) =>
            {
                if (step % 3 == 2)
                {
                    Message.Send(end, 1, step);
                    return;
                }

                Message.Make(memory, step);
                Assert.Equal(BusStatus.Ok, end.TryLendTo(1, memory, Message.BytesOf(step), out BusLoan loan));
                awaitReturn(end, loan);
            }),
        };
    }

    /// <summary>Makes and sends a message in the bus's memory.</summary>
    public static void MakeInPlace(BusEndpoint end, int receiver, int number, bool more)
    {
        Assert.Equal(BusStatus.Ok, end.ReserveTo(receiver, out Span<byte> room));
        Message.Make(AddressOf(room), number);
        Assert.Equal(BusStatus.Ok, end.CommitTo(receiver, Message.BytesOf(number), more));
    }

    /// <summary>Sends messages that have one length.</summary>
    private static void SendBatch(BusEndpoint end, int first, int count)
    {
        int bytes = Message.BytesOf(first);
        Span<byte> batch = stackalloc byte[count * bytes];
        MakeBatch(batch, first, count);
        Assert.Equal(BusStatus.Ok, end.SendBatchTo(1, batch, bytes, out int sent));
        Assert.Equal(count, sent);
    }

    /// <summary>Makes messages that have one length, one after the other.</summary>
    private static void MakeBatch(Span<byte> batch, int first, int count)
    {
        int bytes = Message.BytesOf(first);
        Span<ulong> words = stackalloc ulong[bytes / sizeof(ulong)];
        for (int i = 0; i < count; i++)
        {
            Message.Make(words, first + i).CopyTo(batch[(i * bytes)..]);
        }
    }

    /// <summary>Receives one message or more.</summary>
    /// <returns>How many.</returns>
    private static int ReceiveBatch(BusEndpoint end, int first)
    {
        const int Most = 3;
        Span<byte> batch = stackalloc byte[Most * Message.MaximumBytes];
        Span<int> lengths = stackalloc int[Most];
        Assert.Equal(BusStatus.Ok, end.RecvBatchFrom(0, batch, lengths, out int count));
        Assert.True(count > 0);
        for (int i = 0, at = 0; i < count; at += lengths[i++])
        {
            Message.Check(batch.Slice(at, lengths[i]), first + i);
        }

        return count;
    }

    /// <summary>Reads and takes a message in the bus's memory.</summary>
    private static void ReadInPlace(BusEndpoint end, int sender, int number)
    {
        Assert.Equal(BusStatus.Ok, end.PeekFrom(sender, out ReadOnlySpan<byte> message));
        Message.Check(AddressOf(message), message.Length, number);
        Assert.Equal(BusStatus.Ok, end.ReleaseFrom(sender));
    }

    private static byte* AddressOf(ReadOnlySpan<byte> shared) =>
        (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(shared));
}

using System;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Scenarios of three cores.</summary>
internal static unsafe class ThreeCores
{
    /// <summary>No core was served yet.</summary>
    private const int Nobody = 0;

    private const ulong SomeTime = 1000;

    /// <summary>One core sends to all others, which wait for any.</summary>
    public static Scenario Broadcast(int sender, int queueSize, int messages)
    {
        CoreProgram sends = new(messages, Transfers.BroadcastOne);
        CoreProgram receives = new(messages, (end, step) => Transfers.ReceiveAny(end, sender, step));
        return new Scenario
        {
            QueueSize = queueSize,
            Core0 = sender == 0 ? sends : receives,
            Core1 = sender == 1 ? sends : receives,
            Core2 = sender == 2 ? sends : receives,
        };
    }

    /// <summary>
    /// Core 0 broadcasts while its queue to core 2 is full, and core 2 makes room only when core 1, which has got the
    /// broadcast, tells it to.
    /// </summary>
    public static Scenario BroadcastToSlow()
    {
        const int QueueSize = 2;
        return new Scenario
        {
            QueueSize = QueueSize,
            Prepare = memory =>
            {
                for (int i = 0; i < QueueSize; i++)
                {
                    Message.Send(memory.Bus.Endpoint(0), 2, i);
                }
            },
            Core0 = new CoreProgram(1, (end, _) => Transfers.BroadcastOne(end, QueueSize)),
            Core1 = new CoreProgram(2, (end, step) =>
            {
                if (step == 0)
                {
                    Transfers.ReceiveAny(end, expectedSender: 0, QueueSize);
                }
                else
                {
                    Message.Send(end, 2, 0);
                }
            }),
            Core2 = new CoreProgram(QueueSize + 2, (end, step) =>
            {
                if (step == 0)
                {
                    Message.Receive(end, 1, 0);
                }
                else
                {
                    Message.Receive(end, 0, step - 1);
                }
            }),
        };
    }

    /// <summary>
    /// Core 0 broadcasts for some time, or as far as there is room at once, while its queue to core 2 is full; when that
    /// has reached nobody, as long as it takes.
    /// </summary>
    public static Scenario BroadcastInTime(bool isTimed)
    {
        const int QueueSize = 2;
        return new Scenario
        {
            QueueSize = QueueSize,
            Prepare = memory =>
            {
                for (int i = 0; i < QueueSize; i++)
                {
                    Message.Send(memory.Bus.Endpoint(0), 2, i);
                }
            },
            Core0 = new CoreProgram(1, (end, _) =>
            {
                Span<ulong> words = stackalloc ulong[Message.MaximumBytes / sizeof(ulong)];
                ReadOnlySpan<byte> message = Message.Make(words, QueueSize);
                BusStatus status = isTimed ? end.Broadcast(message, SomeTime) : end.TryBroadcast(message);
                if (status == (isTimed ? BusStatus.TimedOut : BusStatus.Full))
                {
                    status = end.Broadcast(message);
                }

                Assert.Equal(BusStatus.Ok, status);
            }),
            Core1 = Scenario.ReceiveAll(messages: 1, QueueSize),
            Core2 = Scenario.ReceiveAll(QueueSize + 1),
        };
    }

    /// <summary>Cores 1 and 2 send to core 0, which receives from any and passes over nobody.</summary>
    public static Scenario Any(int queueSize, int messages, ulong timeoutNs = TimeLimit.None)
    {
        CoreProgram sends = new(messages, (end, step) => Message.Send(end, 0, step));
        int* notes = null;
        return new Scenario
        {
            QueueSize = queueSize,
            Prepare = memory =>
            {
                notes = memory.NotesOf(0);
                notes[0] = Nobody;
            },
            Core0 = new CoreProgram(2 * messages, (end, _) => ReceiveInTurns(end, notes, timeoutNs)),
            Core1 = sends,
            Core2 = sends,
        };
    }

    /// <summary>Each core sends one message to all others and receives one of each.</summary>
    public static Scenario AllToAll()
    {
        BusMemory? bus = null;
        CoreProgram program = new(3, (end, step) =>
        {
            if (step == 0)
            {
                bus!.NotesOf(end.Core)[0] = Nobody;
                Transfers.BroadcastOne(end, 0);
            }
            else
            {
                ReceiveInTurns(end, bus!.NotesOf(end.Core), TimeLimit.None);
            }
        });
        return new Scenario { QueueSize = 2, Prepare = memory => bus = memory, Core0 = program, Core1 = program, Core2 = program };
    }

    /// <summary>
    /// Core 0 has room of core 1's link to give back and keeps a message to core 1 back, when it begins to wait for core 2,
    /// which waits for core 1, which needs both.
    /// </summary>
    public static Scenario KeptBack() => new()
    {
        // The smallest queue whose receiver keeps room back.
        QueueSize = KeptBackQueueSize,
        Prepare = memory =>
        {
            for (int i = 0; i < KeptBackQueueSize; i++)
            {
                Message.Send(memory.Bus.Endpoint(1), 0, i);
            }
        },
        Core0 = new CoreProgram(3, (end, step) =>
        {
            switch (step)
            {
                case 0:
                    Message.Receive(end, 1, 0);
                    break;
                case 1:
                    Transfers.MakeInPlace(end, 1, 0, more: true);
                    break;
                default:
                    Message.Receive(end, 2, 0);
                    break;
            }
        }),
        Core1 = new CoreProgram(3, (end, step) =>
        {
            switch (step)
            {
                case 0:
                    Message.Send(end, 0, KeptBackQueueSize);
                    break;
                case 1:
                    Message.Receive(end, 0, 0);
                    break;
                default:
                    Message.Send(end, 2, 0);
                    break;
            }
        }),
        Core2 = new CoreProgram(2, (end, step) =>
        {
            if (step == 0)
            {
                Message.Receive(end, 1, 0);
            }
            else
            {
                Message.Send(end, 0, 0);
            }
        }),
    };

    private const int KeptBackQueueSize = 8;

    /// <summary>Who was not served last and has a message is served now.</summary>
    /// <param name="end">The endpoint.</param>
    /// <param name="notes">One more than who was served last, and behind it how many messages each core was served.</param>
    /// <param name="timeoutNs">How long to wait at first; then as long as it takes.</param>
    private static void ReceiveInTurns(BusEndpoint end, int* notes, ulong timeoutNs)
    {
        int* last = notes;
        int* served = notes + 1;

        // The numbers of all three cores add up to 3.
        int other = 3 - end.Core - (*last - 1);
        bool isOtherFirst = *last != Nobody && HasMessage(end, other);
        Span<byte> message = stackalloc byte[Message.MaximumBytes];
        BusStatus status = end.RecvFromAny(message, timeoutNs, out int sender, out int length);
        if (status == BusStatus.TimedOut)
        {
            Assert.False(isOtherFirst, "passed over a message");
            status = end.RecvFromAny(message, TimeLimit.None, out sender, out length);
        }

        Assert.Equal(BusStatus.Ok, status);
        Assert.False(isOtherFirst && sender != other, $"passed over a message of core {other}");
        Message.Check(message[..length], served[sender]);
        served[sender]++;
        *last = sender + 1;
    }

    private static bool HasMessage(BusEndpoint end, int sender)
    {
        bool hasMessage = end.TryPeekFrom(sender, out _) == BusStatus.Ok;
        return hasMessage && end.CancelFrom(sender) == BusStatus.Ok;
    }
}

using System;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;
using ToroCosmos.Virtio.Queue;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>A link that is broken, closed or waited for in vain, and what its two cores do about it at the same time.</summary>
internal static unsafe class Resets
{
    private const int QueueSize = 2;
    private const ulong SomeTime = 1000;

    /// <summary>
    /// The queue is full and a used element is wrong. The sender waits for room, the receiver finds the element; both reset
    /// their ends as soon as they know, and messages flow again.
    /// </summary>
    public static Scenario WhileTheSenderWaits(int messages) => AfterAFullQueue() with
    {
        Core0 = new CoreProgram(1 + messages, (end, step) =>
        {
            if (step == 0)
            {
                Assert.Equal(BusStatus.BrokenLink, Message.TrySend(end, 1, 0, TimeLimit.None));
                Assert.Equal(BusStatus.Ok, end.ResetTo(1));
            }
            else
            {
                Message.Send(end, 1, step - 1);
            }
        }),
        Core1 = Receiver(messages),
    };

    /// <summary>As before; the sender does not look at the link before it resets it, and may be too early.</summary>
    public static Scenario AtAnyTime() => AfterAFullQueue() with
    {
        Core0 = new CoreProgram(2, (end, step) =>
        {
            if (step == 0)
            {
                BusStatus status = end.ResetTo(1);
                if (status == BusStatus.NotBroken)
                {
                    Assert.Equal(BusStatus.BrokenLink, Message.TrySend(end, 1, 0, TimeLimit.None));
                    status = end.ResetTo(1);
                }

                Assert.Equal(BusStatus.Ok, status);

                // Again: it waits for the receiver still, or the link works already.
                status = end.ResetTo(1);
                Assert.True(status is BusStatus.Ok or BusStatus.NotBroken, status.ToString());
            }
            else
            {
                Message.Send(end, 1, 0);
            }
        }),
        Core1 = Receiver(messages: 1),
    };

    /// <summary>As before; the receiver waits for the sender's reset for some time first.</summary>
    public static Scenario InTime() => WhileTheSenderWaits(messages: 1) with
    {
        Core1 = new CoreProgram(4, (end, step) =>
        {
            switch (step)
            {
                case 0:
                    Assert.Equal(BusStatus.BrokenLink, Message.TryReceive(end, 0, 0, TimeLimit.None));
                    break;
                case 1:
                    BusStatus status = end.ResetFrom(0, SomeTime);
                    if (status == BusStatus.TimedOut)
                    {
                        status = end.ResetFrom(0);
                    }

                    Assert.Equal(BusStatus.Ok, status);
                    break;
                case 2:
                    Message.Receive(end, 0, 0);
                    break;
                default:
                    Message.ExpectNone(end, 0);
                    break;
            }
        }),
    };

    /// <summary>
    /// The available index is wrong: the sender finds it and resets its end while the receiver waits, which has all that was
    /// sent before it resets its own.
    /// </summary>
    public static Scenario WhileTheReceiverWaits() => new()
    {
        QueueSize = QueueSize,
        Prepare = memory => *Queue(memory).AvailIndex += 0x4000,
        Core0 = new CoreProgram(2, (end, step) =>
        {
            if (step == 0)
            {
                SendUntilBroken(end);
                Assert.Equal(BusStatus.Ok, end.ResetTo(1));
            }
            else
            {
                Message.Send(end, 1, 5);
            }
        }),
        Core1 = new CoreProgram(4, (end, step) =>
        {
            switch (step)
            {
                case 0:
                    ReceiveUntilBroken(end);
                    break;
                case 1:
                    Assert.Equal(BusStatus.Ok, end.ResetFrom(0));
                    break;
                case 2:
                    Message.Receive(end, 0, 5);
                    break;
                default:
                    Message.ExpectNone(end, 0);
                    break;
            }
        }),
    };

    /// <summary>
    /// A sender has lent memory, finds its link broken and resets it; it writes to the memory again when that is returned.
    /// </summary>
    /// <param name="isReturnAwaited">Whether it waits for that.</param>
    public static Scenario WithLentMemory(bool isReturnAwaited = true)
    {
        byte* memory = null;
        BusLoan loan = default;
        return new Scenario
        {
            QueueSize = QueueSize,
            Prepare = bus =>
            {
                memory = bus.Lent;
                Message.Make(memory, 1);
                Assert.Equal(BusStatus.Ok, bus.Bus.Endpoint(0).TryLendTo(1, memory, Message.BytesOf(1), out loan));
                Message.Send(bus.Bus.Endpoint(0), 1, 2);
                *Queue(bus).AvailIndex += 0x4000;
            },
            Core0 = new CoreProgram(1, (end, _) =>
            {
                if (Message.TrySend(end, 1, 2, timeoutNs: 0) == BusStatus.BrokenLink)
                {
                    Assert.Equal(BusStatus.Ok, end.ResetTo(1));
                    if (isReturnAwaited)
                    {
                        Assert.Equal(BusStatus.Ok, end.AwaitReturn(loan, TimeLimit.None));
                    }

                    Message.Make(memory, 3);
                }
                else
                {
                    // The receiver has put the index right, by giving room back, before it was looked at.
                    Assert.Equal(BusStatus.Ok, end.Close());
                }
            }),
            Core1 = new CoreProgram(1, (end, _) =>
            {
                Message.Receive(end, 0, 1);
                BusStatus status = BusStatus.Ok;
                for (int i = 0; i <= QueueSize && status == BusStatus.Ok; i++)
                {
                    status = Message.TryReceive(end, 0, 2, TimeLimit.None);
                }

                if (status == BusStatus.BrokenLink)
                {
                    Assert.Equal(BusStatus.Ok, end.ResetFrom(0));
                }
            }),
        };
    }

    /// <summary>A sender closes its end after a message; the receiver learns of it then.</summary>
    public static Scenario ClosedSender() => new()
    {
        QueueSize = QueueSize,
        Core0 = new CoreProgram(2, (end, step) =>
        {
            if (step == 0)
            {
                MakeUnshown(end, 0);
            }
            else
            {
                Assert.Equal(BusStatus.Ok, end.Close());
            }
        }),
        Core1 = new CoreProgram(2, (end, step) => Assert.Equal(
            step == 0 ? BusStatus.Ok : BusStatus.Closed, Message.TryReceive(end, 0, 0, TimeLimit.None))),
    };

    /// <summary>A receiver closes its end while the sender waits for room; then both open the link again.</summary>
    public static Scenario ClosedReceiver() => new()
    {
        QueueSize = QueueSize,
        Prepare = memory => Scenario.Fill(memory, QueueSize),
        Core0 = new CoreProgram(2, (end, step) =>
        {
            if (step == 0)
            {
                Assert.Equal(BusStatus.Closed, Message.TrySend(end, 1, 2, TimeLimit.None));
                Assert.Equal(BusStatus.Ok, end.ResetTo(1));
            }
            else
            {
                // Closed, as long as the receiver has not followed.
                BusStatus status = Message.TrySend(end, 1, 5, TimeLimit.None);
                Assert.True(status is BusStatus.Ok or BusStatus.Closed, status.ToString());
            }
        }),
        Core1 = new CoreProgram(2, (end, step) =>
            Assert.Equal(BusStatus.Ok, step == 0 ? end.Close() : end.ResetFrom(0))),
    };

    /// <summary>A core waits for messages, and for nothing else, while another cancels so often.</summary>
    /// <param name="times">How often.</param>
    public static Scenario Cancelled(int times)
    {
        MessageBus? bus = null;
        return new Scenario
        {
            QueueSize = QueueSize,
            Prepare = memory => bus = memory.Bus,
            Core0 = new CoreProgram(2 * times, (end, step) =>
            {
                // The next cancel is another one, for it follows the answer to this one.
                if (step % 2 == 0)
                {
                    Assert.Equal(BusStatus.Cancelled, Message.TryReceive(end, 1, 0, TimeLimit.None));
                }
                else
                {
                    Message.Send(end, 1, step / 2);
                }
            }),
            Core1 = new CoreProgram(2 * times, (end, step) =>
            {
                if (step % 2 == 0)
                {
                    bus!.Endpoint(0).Cancel();
                }
                else
                {
                    Message.Receive(end, 0, step / 2);
                }
            }),
        };
    }

    /// <summary>A message and a cancel come at the same time; the other core waits twice.</summary>
    public static Scenario CancelledWithAMessage()
    {
        MessageBus? bus = null;
        int* received = null;
        return new Scenario
        {
            QueueSize = QueueSize,
            Prepare = memory =>
            {
                bus = memory.Bus;
                received = memory.NotesOf(0);
            },
            Core0 = new CoreProgram(2, (end, step) =>
            {
                BusStatus status = Message.TryReceive(end, 1, 0, TimeLimit.None);
                Assert.True(status is BusStatus.Ok or BusStatus.Cancelled, status.ToString());
                *received += status == BusStatus.Ok ? 1 : 0;
                Assert.True(step == 0 || *received == 1, "it was cancelled twice, or received twice");
            }),
            Core1 = new CoreProgram(2, (end, step) =>
            {
                if (step == 0)
                {
                    Message.Send(end, 0, 0);
                }
                else
                {
                    bus!.Endpoint(0).Cancel();
                }
            }),
        };
    }

    private static Scenario AfterAFullQueue() => new()
    {
        QueueSize = QueueSize,
        Core0 = new CoreProgram(0, (_, _) => { }),
        Core1 = new CoreProgram(0, (_, _) => { }),
        Prepare = memory =>
        {
            Scenario.Fill(memory, QueueSize);
            for (int i = 0; i < QueueSize; i++)
            {
                Queue(memory).UsedElements[i].Id = 77;
            }
        },
    };

    /// <summary>Finds the link broken, resets it and receives.</summary>
    private static CoreProgram Receiver(int messages) => new(3 + messages, (end, step) =>
    {
        if (step == 0)
        {
            Assert.Equal(BusStatus.BrokenLink, Message.TryReceive(end, 0, 0, TimeLimit.None));
        }
        else if (step == 1)
        {
            Assert.Equal(BusStatus.Ok, end.ResetFrom(0));
        }
        else if (step < 2 + messages)
        {
            Message.Receive(end, 0, step - 2);
        }
        else
        {
            Message.ExpectNone(end, 0);
        }
    });

    private static void MakeUnshown(BusEndpoint end, int number) => Transfers.MakeInPlace(end, 1, number, more: true);

    private static void SendUntilBroken(BusEndpoint end)
    {
        // The room that was seen before the index went wrong is still there.
        BusStatus status = BusStatus.Ok;
        for (int i = 0; i <= QueueSize && status == BusStatus.Ok; i++)
        {
            status = Message.TrySend(end, 1, i, TimeLimit.None);
        }

        Assert.Equal(BusStatus.BrokenLink, status);
    }

    private static void ReceiveUntilBroken(BusEndpoint end)
    {
        BusStatus status = BusStatus.Ok;
        for (int i = 0; i <= QueueSize && status == BusStatus.Ok; i++)
        {
            status = Message.TryReceive(end, 0, i, TimeLimit.None);
        }

        Assert.Equal(BusStatus.BrokenLink, status);
    }

    private static VirtqueueMemory Queue(BusMemory memory) => memory.Links.Queue(memory.Links.Find(0, 1));
}

using System;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Scenarios in which core 0 waits for several things at once.</summary>
internal static unsafe class WaitSets
{
    /// <summary>No core was served yet.</summary>
    private const int Nobody = 0;

    /// <summary>Cores 1 and 2 send to core 0, which waits for both, serves who has news, and passes over nobody.</summary>
    /// <param name="messages">How many each sends.</param>
    /// <param name="timeoutNs">How long core 0 waits at first; then as long as it takes.</param>
    /// <param name="fault">What is wrong with the source of core 2's messages.</param>
    public static Scenario TwoSenders(int messages, ulong timeoutNs = TimeLimit.None, SourceFault fault = SourceFault.None)
    {
        CoreProgram sends = new(messages, (end, step) => Message.Send(end, 0, step));
        int* notes = null;
        WaitSet? set = null;
        FaultySource? faulty = null;
        return new Scenario
        {
            QueueSize = 2,
            Prepare = memory =>
            {
                notes = memory.NotesOf(0);
                notes[0] = Nobody;
                BusEndpoint end = memory.Bus.Endpoint(0);
                faulty = new FaultySource(end.MessagesFrom(2)!, fault);
                set = memory.CreateSet(0, new FaultySleep(faulty), end.MessagesFrom(1), fault == SourceFault.None ? end.MessagesFrom(2) : faulty);
            },
            Core0 = new CoreProgram(2 * messages, (end, _) =>
            {
                faulty!.Reset();
                int last = notes[0];
                int other = 3 - last;
                bool isOtherFirst = last != Nobody && end.MessagesFrom(other)!.HasNews();
                WaitStatus status = set!.Wait(timeoutNs, out WaitSource? source);
                if (status == WaitStatus.TimedOut)
                {
                    Assert.True(timeoutNs != TimeLimit.None);
                    Assert.False(isOtherFirst, "passed over a message");
                    status = set.Wait(out source);
                }

                Assert.Equal(WaitStatus.Ok, status);
                int sender = source == end.MessagesFrom(1) ? 1 : 2;
                Assert.False(isOtherFirst && sender != other, $"passed over a message of core {other}");
                Assert.Equal(BusStatus.Ok, Message.TryReceive(end, sender, notes[sender], timeoutNs: 0));
                notes[sender]++;
                notes[0] = sender;
            }),
            Core1 = sends,
            Core2 = sends,
        };
    }

    /// <summary>
    /// Core 0's queue to core 1 is full. Core 0 waits for room there, a message of core 1 and signals of core 2 at once.
    /// </summary>
    /// <param name="signals">How many.</param>
    /// <param name="fault">What is wrong with the source that <paramref name="faulty"/> tells.</param>
    /// <param name="faulty">0: the messages, 1: the signal, 2: the room.</param>
    public static Scenario Everything(int signals, SourceFault fault = SourceFault.None, int faulty = 0)
    {
        const int QueueSize = 2;
        const int Received = 0;
        const int Signalled = 1;
        const int Sent = 2;
        int* notes = null;
        CoreSignal? signal = null;
        WaitSet? all = null;
        WaitSet? withoutRoom = null;
        FaultySource?[] faults = new FaultySource?[3];
        return new Scenario
        {
            QueueSize = QueueSize,
            Prepare = memory =>
            {
                Scenario.Fill(memory, QueueSize);
                notes = memory.NotesOf(0);
                BusEndpoint end = memory.Bus.Endpoint(0);
                signal = new CoreSignal(0, 2, new ExploredSleep(), memory.Signal);
                WaitSource[] sources = [end.MessagesFrom(1)!, signal, end.RoomTo(1)!];
                if (fault != SourceFault.None)
                {
                    faults[faulty] = new FaultySource(sources[faulty], fault);
                    sources[faulty] = faults[faulty]!;
                }

                FaultySleep sleep = new(faults);
                all = memory.CreateSet(0, sleep, sources);
                withoutRoom = memory.CreateSet(0, sleep, sources[0], sources[1]);
            },
            Core0 = new CoreProgram(2 + signals, (end, _) =>
            {
                if (notes[Received] + notes[Sent] == 2 && notes[Signalled] == signals)
                {
                    // One signal said it all.
                    return;
                }

                Array.ForEach(faults, source => source?.Reset());
                Assert.Equal(WaitStatus.Ok, (notes[Sent] == 0 ? all! : withoutRoom!).Wait(out WaitSource? source));
                if (source == signal || source == faults[1])
                {
                    uint count = signal!.Take();
                    Assert.True(count > 0, "there was no signal");
                    notes[Signalled] += (int)count;
                }
                else if (source == end.RoomTo(1) || source == faults[2])
                {
                    Assert.Equal(BusStatus.Ok, Message.TrySend(end, 1, QueueSize, timeoutNs: 0));
                    notes[Sent]++;
                }
                else
                {
                    Assert.Equal(BusStatus.Ok, Message.TryReceive(end, 1, 0, timeoutNs: 0));
                    notes[Received]++;
                }

                Assert.True(notes[Received] <= 1 && notes[Sent] <= 1 && notes[Signalled] <= signals, "more than there was");
            }),
            Core1 = new CoreProgram(QueueSize + 2, (end, step) =>
            {
                if (step <= QueueSize)
                {
                    // The last comes when core 0 has found the room that the first leaves.
                    Message.Receive(end, 0, step);
                }
                else
                {
                    Message.Send(end, 0, 0);
                }
            }),
            Core2 = new CoreProgram(signals, (_, _) => signal!.Set()),
        };
    }

    /// <summary>Cores 0 and 1 signal each other in turns, and neither goes on before.</summary>
    public static Scenario Signals(int signals)
    {
        CoreSignal? there = null;
        WaitSet? set = null;
        return new Scenario
        {
            QueueSize = 2,
            Prepare = memory =>
            {
                there = new CoreSignal(0, 1, new ExploredSleep(), memory.Signal);
                set = memory.CreateSet(0, there);
            },
            Core0 = new CoreProgram(signals, (end, step) =>
            {
                Assert.Equal(WaitStatus.Ok, set!.Wait(out _));
                Assert.Equal(1u, there!.Take());
                Assert.Equal(0u, there.Take());
                Message.Send(end, 1, step);
            }),
            Core1 = new CoreProgram(signals, (end, step) =>
            {
                there!.Set();
                Message.Receive(end, 0, step);
            }),
        };
    }

    /// <summary>Core 0 lends memory to core 1 and waits for its return and for core 2's message.</summary>
    public static Scenario Loans(int loans)
    {
        byte* memory = null;
        int* notes = null;
        LoanSource? returned = null;
        WaitSet? set = null;
        return new Scenario
        {
            QueueSize = 2,
            Prepare = bus =>
            {
                memory = bus.Lent;
                notes = bus.NotesOf(0);
                BusEndpoint end = bus.Bus.Endpoint(0);
                returned = new LoanSource(end);
                set = bus.CreateSet(0, returned, end.MessagesFrom(2));
            },
            Core0 = new CoreProgram(loans + 1, (end, step) =>
            {
                if (step == loans)
                {
                    if (notes[0] == 0)
                    {
                        Message.Receive(end, 2, 0);
                    }

                    return;
                }

                Message.Make(memory, step);
                Assert.Equal(BusStatus.Ok, end.TryLendTo(1, memory, Message.BytesOf(step), out BusLoan loan));
                Assert.Equal(BusStatus.Ok, returned!.Watch(loan));
                WaitSource? source;
                while (true)
                {
                    Assert.Equal(WaitStatus.Ok, set!.Wait(out source));
                    if (source == returned)
                    {
                        break;
                    }

                    Assert.Equal(BusStatus.Ok, Message.TryReceive(end, 2, 0, timeoutNs: 0));
                    notes[0]++;
                }

                Assert.Equal(BusStatus.Ok, end.TryAwaitReturn(loan));
            }),
            Core1 = new CoreProgram(loans, (end, step) => Message.Receive(end, 0, step)),
            Core2 = new CoreProgram(1, (end, _) => Message.Send(end, 0, 0)),
        };
    }

    /// <summary>The sender finds the link broken while its receiver waits for it and for a signal.</summary>
    public static Scenario BrokenByTheSender()
    {
        Scenario broken = Broken.AtTheSender();
        WaitSet? set = null;
        return broken with
        {
            Prepare = memory =>
            {
                broken.Prepare!(memory);
                set = memory.CreateSet(
                    1, new CoreSignal(1, 0, new ExploredSleep(), memory.Signal), memory.Bus.Endpoint(1).MessagesFrom(0));
            },
            Core1 = UntilBroken(() => set!, (end, i) => Message.TryReceive(end, 0, i, timeoutNs: 0)),
        };
    }

    /// <summary>The receiver finds the link broken while its sender waits for room and for a signal.</summary>
    public static Scenario BrokenByTheReceiver()
    {
        Scenario broken = Broken.AtTheReceiver();
        WaitSet? set = null;
        return broken with
        {
            Prepare = memory =>
            {
                broken.Prepare!(memory);
                set = memory.CreateSet(
                    0, new CoreSignal(0, 1, new ExploredSleep(), memory.Signal), memory.Bus.Endpoint(0).RoomTo(1));
            },
            Core0 = UntilBroken(() => set!, (end, i) => Message.TrySend(end, 1, i, timeoutNs: 0)),
        };
    }

    /// <summary>As <see cref="ThreeCores.KeptBack"/>, with a wait set for core 2.</summary>
    public static Scenario KeptBack(SourceFault fault = SourceFault.None)
    {
        Scenario keptBack = ThreeCores.KeptBack();
        WaitSet? set = null;
        return keptBack with
        {
            Prepare = memory =>
            {
                keptBack.Prepare!(memory);
                set = memory.CreateSet(0, new FaultySource(memory.Bus.Endpoint(0).MessagesFrom(2)!, fault));
            },
            Core0 = new CoreProgram(keptBack.Core0.Steps, (end, step) =>
            {
                if (step == keptBack.Core0.Steps - 1)
                {
                    Assert.Equal(WaitStatus.Ok, set!.Wait(out _));
                }

                keptBack.Core0.Run(end, step);
            }),
        };
    }

    private static CoreProgram UntilBroken(Func<WaitSet> set, Func<BusEndpoint, int, BusStatus> call) => new(1, (end, _) =>
    {
        BusStatus status = BusStatus.Ok;
        for (int i = 0; status == BusStatus.Ok; i++)
        {
            Assert.Equal(WaitStatus.Ok, set().Wait(out WaitSource? source));
            Assert.NotNull(source);
            status = call(end, i);
        }

        Assert.Equal(BusStatus.BrokenLink, status);
    });
}

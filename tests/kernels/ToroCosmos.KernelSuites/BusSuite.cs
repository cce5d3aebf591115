using System;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.KernelSuites;

/// <summary>The bus between real cores: every status, every pair, long runs, sleep.</summary>
internal static unsafe class BusSuite
{
    private const int Rounds = 200;
    private const int BufferSize = 64;
    private const ulong Millisecond = 1_000_000;

    /// <summary>More than the free-running 16-bit indices of a queue can count.</summary>
    private const int ManyMessages = 70_000;

    private const uint LongMicroseconds = 300_000;

    /// <summary>
    /// A sleep is interrupted at 1, 9 and 73 milliseconds, by the wake-up, and perhaps by what else interrupts a core.
    /// </summary>
    private const int MaximumSleepsInLong = 12;

    private static readonly byte[] s_longest = new byte[BufferSize];

    [KernelTest(MinimumCores = 2)]
    internal static void Every_pair_exchanges_messages_whole_and_in_order()
    {
        if (BusRig.Build())
        {
            Cores.RunOnAll(&ExchangeWithAll);
            Check.Equal(0, BusRig.Bus.CountBrokenLinks());
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void The_indices_of_a_queue_wrap_around_with_several_messages_in_flight()
    {
        if (BusRig.Build())
        {
            Cores.RunOnAll(&StreamToTheLast);
            Check.Equal(0, BusRig.Bus.CountBrokenLinks());
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_halted_core_is_woken_by_a_message()
    {
        // Without polling, a core that waits halts.
        if (BusRig.Build(waiting: new WaitLengths(0, 0)))
        {
            Cores.RunOnAll(&PlayPingPong);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_core_that_sleeps_for_long_looks_seldom_and_is_woken_by_a_message()
    {
        if (BusRig.Build(waiting: new WaitLengths(0, 0)))
        {
            SendToSleeper(&SendAfterLong);
            Check.That(BusRig.Sleep.Count(1) <= MaximumSleepsInLong, "it wakes up too often");
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_message_that_nobody_was_woken_for_is_found_by_the_timer_of_the_core_that_sleeps()
    {
        if (LocalApicTimer.IsUsable && BusRig.Build(waiting: new WaitLengths(0, 0)))
        {
            long wakes = BusRig.Sleep.Wakes;
            SendToSleeper(&ShowUnseen);
            Check.Equal(wakes, BusRig.Sleep.Wakes);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_full_queue_is_full_until_a_message_is_taken()
    {
        const int QueueSize = 4;
        if (!BusRig.Build(queueSize: QueueSize))
        {
            return;
        }

        BusEndpoint here = BusRig.End(0);
        for (int i = 0; i < QueueSize; i++)
        {
            BusRig.Expect(BusStatus.Ok, here.TrySendTo(1, "x"u8));
        }

        BusRig.Expect(BusStatus.Full, here.TrySendTo(1, "x"u8));
        BusRig.Expect(BusStatus.TimedOut, here.SendTo(1, "x"u8, 0));
        BusRig.Expect(BusStatus.TimedOut, here.SendTo(1, "x"u8, Millisecond));
        Cores.Run(1, &TakeFour);
        Cores.Join(1);
        BusRig.Expect(BusStatus.Ok, here.SendTo(1, "x"u8, TimedWait.PatienceNs));
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_sender_that_waits_for_room_goes_on_when_there_is_some()
    {
        if (BusRig.Build(queueSize: 2))
        {
            Cores.RunOnAll(&StreamToASlowReceiver);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void An_empty_queue_is_empty()
    {
        if (!BusRig.Build())
        {
            return;
        }

        byte[] buffer = new byte[BufferSize];
        BusRig.Expect(BusStatus.Empty, BusRig.End(0).TryRecvFrom(1, buffer, out int length));
        Check.Equal(0, length);
        BusRig.Expect(BusStatus.TimedOut, BusRig.End(0).RecvFrom(1, buffer, 0, out _));
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_timed_receive_ends_in_time_on_every_core()
    {
        if (BusRig.Build())
        {
            Cores.RunOnAll(&WaitForNothing);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_timed_receive_takes_a_message_that_comes_in_time()
    {
        if (BusRig.Build())
        {
            Cores.RunOnAll(&SendLate);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_message_may_be_empty_and_as_long_as_a_buffer_but_not_longer()
    {
        if (!BusRig.Build(bufferSize: BufferSize))
        {
            return;
        }

        new Span<byte>(s_longest).Fill(0x5A);
        BusEndpoint here = BusRig.End(0);
        BusRig.Expect(BusStatus.TooLong, here.TrySendTo(1, new byte[BufferSize + 1]));
        BusRig.Expect(BusStatus.TooLong, here.SendTo(1, new byte[BufferSize + 1]));
        BusRig.Expect(BusStatus.Ok, here.TrySendTo(1, default));
        BusRig.Expect(BusStatus.Ok, here.TrySendTo(1, s_longest));
        Cores.Run(1, &TakeShortAndLong);
        Cores.Join(1);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void There_is_no_link_to_oneself_or_to_a_core_that_does_not_exist()
    {
        if (!BusRig.Build())
        {
            return;
        }

        byte[] buffer = new byte[BufferSize];
        BusEndpoint here = BusRig.End(0);
        foreach (int nobody in (int[])[0, -1, Cores.Count, int.MaxValue])
        {
            BusRig.Expect(BusStatus.NoSuchCore, here.TrySendTo(nobody, "x"u8));
            BusRig.Expect(BusStatus.NoSuchCore, here.SendTo(nobody, "x"u8));
            BusRig.Expect(BusStatus.NoSuchCore, here.TryRecvFrom(nobody, buffer, out _));
            BusRig.Expect(BusStatus.NoSuchCore, here.InitializeQueueFrom(nobody));
            BusRig.Expect(BusStatus.NoSuchCore, here.RecvFrom(nobody, buffer, out _));
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_queue_that_its_receiver_has_not_initialized_is_not_ready_on_either_side()
    {
        if (!BusRig.Build(initialize: false))
        {
            return;
        }

        byte[] buffer = new byte[BufferSize];
        BusRig.Expect(BusStatus.NotReady, BusRig.End(0).TrySendTo(1, "x"u8));
        BusRig.Expect(BusStatus.TimedOut, BusRig.End(0).SendTo(1, "x"u8, Millisecond));
        BusRig.Expect(BusStatus.NotReady, BusRig.End(0).TryRecvFrom(1, buffer, out _));
        BusRig.Expect(BusStatus.NotReady, BusRig.End(0).RecvFrom(1, buffer, out _));
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_violation_breaks_its_link_only()
    {
        if (!BusRig.Build())
        {
            return;
        }

        byte[] buffer = new byte[BufferSize];
        BusRig.Scribble(sender: 1, receiver: 0);
        BusRig.Expect(BusStatus.BrokenLink, BusRig.End(0).TryRecvFrom(1, buffer, out _));
        BusRig.Expect(BusStatus.BrokenLink, BusRig.End(0).RecvFrom(1, buffer, out _));
        Check.Equal(1, BusRig.Bus.CountBrokenLinks());
        Cores.Run(1, &FindBrokenLink);
        Cores.Join(1);
        BusRig.Expect(BusStatus.Ok, BusRig.End(0).TrySendTo(1, "x"u8));
    }

    [KernelTest(MinimumCores = 2)]
    internal static void With_all_checks_every_pair_exchanges_messages_and_a_write_behind_a_buffer_is_found()
    {
        if (!BusRig.Build(checks: BusChecks.Full))
        {
            return;
        }

        Cores.RunOnAll(&ExchangeWithAll);
        Check.Equal(0, BusRig.Bus.CountBrokenLinks());
        Cores.Run(1, &WriteBehindTheBuffer);
        Cores.Join(1);
        byte[] buffer = new byte[BufferSize];
        BusRig.Expect(BusStatus.BrokenLink, BusRig.End(0).RecvFrom(1, buffer, out _));
        Check.Equal((int)QueueCondition.BufferOverrun, (int)BusRig.Bus.InspectLink(1, 0).ReceiverCondition);
        Check.Equal(1, BusRig.Bus.CountBrokenLinks());
    }

    [KernelTest(MinimumCores = 2)]
    internal static void The_bus_of_the_machine_is_one_and_knows_the_core_it_is_used_on()
    {
        Check.That(Catch.Throws<InvalidOperationException>(&AskForTheMachinesBus));
        if (!Check.That(MachineBus.Start(new BusOptions { Checks = BusChecks.Full })))
        {
            return;
        }

        MessageBus bus = MachineBus.Bus;
        Cores.RunOnAll(&GreetNeighbour);
        Cores.RunOnAll(&UseANeighboursEndpoint);
        Check.Equal(0, bus.CountBrokenLinks());
        Check.That(Catch.Throws<InvalidOperationException>(&StartTheMachinesBus));
        Check.That(MachineBus.Bus == bus);
        Cores.RunOnAll(&GreetNeighbour);
    }

    /// <summary>Core 1 waits for a message, which is sent when it sleeps.</summary>
    private static void SendToSleeper(delegate*<int, void> send)
    {
        Cores.Run(1, &ReceiveOne);
        ulong deadline = Clock.Now + TimedWait.Patience;
        while (BusRig.Sleep.Count(1) == 0 && Check.That(Clock.Now < deadline, "core 1 does not go to sleep"))
        {
            Cpu.Pause();
        }

        Cpu.Call(send, 1);
        Cores.Join(1);
    }

    private static void ReceiveOne(int core)
    {
        byte letter = 0;
        BusRig.Expect(BusStatus.Ok, BusRig.End(core).RecvFrom(0, new Span<byte>(&letter, 1), out int length));
        Check.Equal(1, length);
        Check.Equal((byte)'x', letter);
    }

    private static void SendAfterLong(int receiver)
    {
        ulong end = Clock.Now + TickMath.FromMicroseconds(LongMicroseconds);
        while (Clock.Now < end)
        {
            Cpu.Pause();
        }

        BusRig.Expect(BusStatus.Ok, BusRig.End(0).SendTo(receiver, "x"u8));
    }

    /// <summary>
    /// Sends as a core does that looked whether the receiver sleeps before that was announced, and whose index was in its
    /// store buffer for as long.
    /// </summary>
    private static void ShowUnseen(int receiver)
    {
        BusRig.Expect(BusStatus.Ok, BusRig.End(0).ReserveTo(receiver, out Span<byte> room));
        room[0] = (byte)'x';
        BusRig.Expect(BusStatus.Ok, BusRig.End(0).CommitTo(receiver, 1, more: true));
        RingMemory.Store(BusRig.Links.Queue(BusRig.Links.Find(0, receiver)).UsedIndex, (ushort)1);
    }

    private static void UseANeighboursEndpoint(int core)
    {
        int next = core + 1 == Cores.Count ? 0 : core + 1;
        BusEndpoint foreign = MachineBus.Bus.Endpoint(next);
        byte* message = stackalloc byte[8];
        BusRig.Expect(BusStatus.WrongCore, foreign.SendTo(core, "stolen"u8));
        BusRig.Expect(BusStatus.WrongCore, foreign.Broadcast("stolen"u8));
        BusRig.Expect(BusStatus.WrongCore, foreign.RecvFrom(core, new Span<byte>(message, 8), out _));
        BusRig.Expect(BusStatus.WrongCore, foreign.RecvFromAny(new Span<byte>(message, 8), out _, out _));
        BusRig.Expect(BusStatus.Empty, MachineBus.Current.TryRecvFromAny(new Span<byte>(message, 8), out _, out _));
    }

    private static void AskForTheMachinesBus(int core) => _ = MachineBus.Current;

    private static void StartTheMachinesBus(int core) => _ = MachineBus.Start();

    /// <summary>In each round a message to every other core and one from each.</summary>
    private static void ExchangeWithAll(int core)
    {
        BusEndpoint end = BusRig.End(core);
        byte* message = stackalloc byte[BufferSize];
        for (int round = 0; round < Rounds; round++)
        {
            for (int peer = 0; peer < Cores.Count; peer++)
            {
                int length = Message.Length(core, peer, round);
                Message.Write(message, length, core, round);
                if (peer != core && !BusRig.Expect(BusStatus.Ok, end.SendTo(peer, new ReadOnlySpan<byte>(message, length))))
                {
                    return;
                }
            }

            for (int peer = 0; peer < Cores.Count; peer++)
            {
                if (peer != core
                    && (!BusRig.ExpectLength(
                            Message.Length(peer, core, round),
                            end.RecvFrom(peer, new Span<byte>(message, BufferSize), out int received),
                            received)
                        || !Check.That(Message.IsRight(message, Message.Length(peer, core, round), peer, round))))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Core 0 sends without waiting for answers, so that the queue is full most of the time.</summary>
    private static void StreamToTheLast(int core)
    {
        int last = Cores.Count - 1;
        uint number = 0;
        if (core == 0)
        {
            for (; number < ManyMessages; number++)
            {
                if (!BusRig.Expect(BusStatus.Ok, BusRig.End(0).SendTo(last, new ReadOnlySpan<byte>(&number, sizeof(uint)))))
                {
                    return;
                }
            }
        }
        else if (core == last)
        {
            for (uint expected = 0; expected < ManyMessages; expected++)
            {
                if (!BusRig.ExpectLength(sizeof(uint), BusRig.End(core).RecvFrom(0, new Span<byte>(&number, sizeof(uint)), out int received), received)
                    || !Check.Equal(expected, number))
                {
                    return;
                }
            }
        }
    }

    /// <summary>
    /// A ball goes back and forth between cores 0 and 1. It says how often its thrower has slept so far, and is thrown back
    /// when that core has gone to sleep again.
    /// </summary>
    private static void PlayPingPong(int core)
    {
        if (core > 1)
        {
            return;
        }

        BusEndpoint end = BusRig.End(core);
        int other = 1 - core;
        int ball = BusRig.Sleep.Count(core);
        if (core == 0)
        {
            BusRig.Expect(BusStatus.Ok, end.SendTo(other, new ReadOnlySpan<byte>(&ball, sizeof(int))));
        }

        for (int round = 0; round < Rounds; round++)
        {
            int slept = BusRig.Sleep.Count(core);
            if (!BusRig.ExpectLength(sizeof(int), end.RecvFrom(other, new Span<byte>(&ball, sizeof(int)), out int received), received)
                || (core == 0 && !Check.That(BusRig.Sleep.Count(core) > slept)))
            {
                return;
            }

            ulong deadline = Clock.Now + TimedWait.Patience;
            bool isLast = core == 0 && round == Rounds - 1;
            while (!isLast && BusRig.Sleep.Count(other) == ball)
            {
                if (!Check.That(Clock.Now < deadline, "the other core does not go to sleep"))
                {
                    return;
                }

                Cpu.Pause();
            }

            ball = BusRig.Sleep.Count(core);
            if (!isLast)
            {
                BusRig.Expect(BusStatus.Ok, end.SendTo(other, new ReadOnlySpan<byte>(&ball, sizeof(int))));
            }
        }
    }

    private static void TakeFour(int core)
    {
        byte* message = stackalloc byte[BufferSize];
        for (int i = 0; i < 4; i++)
        {
            BusRig.Expect(BusStatus.Ok, BusRig.End(core).TryRecvFrom(0, new Span<byte>(message, BufferSize), out int length));
            Check.Equal(1, length);
        }
    }

    private static void StreamToASlowReceiver(int core)
    {
        int number = 0;
        if (core == 0)
        {
            for (; number < 20; number++)
            {
                BusRig.Expect(BusStatus.Ok, BusRig.End(0).SendTo(1, new ReadOnlySpan<byte>(&number, sizeof(int))));
            }
        }
        else if (core == 1)
        {
            for (int expected = 0; expected < 20; expected++)
            {
                Delay(500);
                BusRig.ExpectLength(sizeof(int), BusRig.End(1).RecvFrom(0, new Span<byte>(&number, sizeof(int)), out int received), received);
                Check.Equal(expected, number);
            }
        }
    }

    private static void WaitForNothing(int core) => TimedWait.CheckEnds(&WaitForOneMessage, core);

    private static void WaitForOneMessage(int core)
    {
        int message = 0;
        BusRig.Expect(
            BusStatus.TimedOut,
            BusRig.End(core).RecvFrom(
                core == 0 ? 1 : 0, new Span<byte>(&message, sizeof(int)), TimedWait.Nanoseconds, out _));
    }

    private static void SendLate(int core)
    {
        int message = 7;
        if (core == 0)
        {
            Delay(5000);
            BusRig.Expect(BusStatus.Ok, BusRig.End(0).SendTo(1, new ReadOnlySpan<byte>(&message, sizeof(int))));
        }
        else if (core == 1)
        {
            message = 0;
            BusRig.Expect(
                BusStatus.Ok, BusRig.End(1).RecvFrom(0, new Span<byte>(&message, sizeof(int)), TimedWait.PatienceNs, out int length));
            Check.Equal(sizeof(int), length);
            Check.Equal(7, message);
        }
    }

    private static void TakeShortAndLong(int core)
    {
        BusEndpoint end = BusRig.End(core);
        byte* message = stackalloc byte[BufferSize];
        *message = 1;
        BusRig.ExpectLength(0, end.RecvFrom(0, new Span<byte>(message, BufferSize), out int received), received);
        Check.Equal(1, *message);
        BusRig.Expect(BusStatus.TooLong, end.TryRecvFrom(0, new Span<byte>(message, BufferSize - 1), out int length));
        Check.Equal(BufferSize, length);
        BusRig.Expect(BusStatus.TooLong, end.RecvFrom(0, default, out _));
        BusRig.ExpectLength(BufferSize, end.RecvFrom(0, new Span<byte>(message, BufferSize), out received), received);
        for (int i = 0; i < BufferSize; i++)
        {
            Check.Equal(0x5A, message[i]);
        }
    }

    private static void WriteBehindTheBuffer(int core)
    {
        BusRig.Expect(BusStatus.Ok, BusRig.End(core).ReserveTo(0, out Span<byte> room));
        fixed (byte* start = room)
        {
            start[BusRig.Links.BufferBytes] = 0;
        }

        BusRig.Expect(BusStatus.Ok, BusRig.End(core).CommitTo(0, 1));
    }

    private static void FindBrokenLink(int core)
    {
        BusStatus status = BusStatus.Ok;
        for (int i = 0; i <= BusRig.Bus.QueueSize && status == BusStatus.Ok; i++)
        {
            status = BusRig.End(core).SendTo(0, "x"u8, Millisecond);
        }

        BusRig.Expect(BusStatus.BrokenLink, status);
    }

    private static void GreetNeighbour(int core)
    {
        int next = core + 1 == Cores.Count ? 0 : core + 1;
        int previous = core == 0 ? Cores.Count - 1 : core - 1;
        int message = core;
        Check.Equal(core, MachineBus.Current.Core);
        MachineBus.Current.InitializeQueues();
        BusRig.Expect(BusStatus.Ok, MachineBus.SendTo(next, new ReadOnlySpan<byte>(&message, sizeof(int))));
        Check.Equal(sizeof(int), MachineBus.RecvFrom(previous, new Span<byte>(&message, sizeof(int))));
        Check.Equal(previous, message);
    }

    private static void Delay(uint microseconds)
    {
        ulong deadline = Clock.Now + TickMath.FromMicroseconds(microseconds);
        while (Clock.Now < deadline)
        {
            Cpu.Pause();
        }
    }
}

using System;
using System.Threading;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Diagnostics;
using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.KernelSuites;

/// <summary>
/// Core 2 attacks its links with cores 0 and 1 while these exchange messages and look at the bad links after each. Both ends
/// reset a link that is found broken, so that the attack goes on; the last time it is left as it is, until the attack is over
/// and messages flow there again.
/// </summary>
internal static unsafe class HostileCoreSuite
{
    private const int Rounds = 300;
    private const int BurstMessages = 8;
    private const int BufferSize = 64;
    private const int GuardBytes = 64;
    private const byte Guard = 0xC3;
    private const int LimitSeconds = 10;
    private const ulong LimitNs = LimitSeconds * 1_000_000_000UL;

    // By victim and condition: how often it was found.
    private static readonly int[] s_found = new int[HostileCore.Victims << 4];
    private static readonly int[] s_full = new int[HostileCore.Victims];

    private static HostileAttack s_attack;
    private static QueueCondition s_first;
    private static QueueCondition s_second;
    private static int s_atWork;
    private static bool s_isOver;

    [KernelTest(MinimumCores = 3)]
    internal static void Random_bytes_over_all_rings_break_their_links_only()
    {
        if (Attack(HostileAttack.Scribble, QueueCondition.UsedIndexJump, QueueCondition.BadDescriptor))
        {
            for (int victim = 0; victim < HostileCore.Victims; victim++)
            {
                Check.Equal((int)LinkState.Broken, (int)BusRig.Bus.InspectLink(HostileCore.Number, victim).State);
                Check.Equal((int)LinkState.Broken, (int)BusRig.Bus.InspectLink(victim, HostileCore.Number).State);
            }

            MakePeace();
        }
    }

    [KernelTest(MinimumCores = 3)]
    internal static void Indices_that_jump_break_their_links_only()
    {
        if (Attack(HostileAttack.JumpingIndices, QueueCondition.UsedIndexJump, QueueCondition.AvailIndexJump))
        {
            CheckReport(HostileCore.Number, 0, "Core[2]->Core[0] is broken"u8, "Core[0] found: used index jumped"u8);
            CheckReport(HostileCore.Number, 1, "Core[2]->Core[1] is broken"u8, "Core[1] found: used index jumped"u8);
            CheckReport(0, HostileCore.Number, "Core[0]->Core[2] is broken"u8, "Core[0] found: available index jumped"u8);
            CheckReport(1, HostileCore.Number, "Core[1]->Core[2] is broken"u8, "Core[1] found: available index jumped"u8);
            MakePeace();
        }
    }

    [KernelTest(MinimumCores = 3)]
    internal static void Forged_ids_and_lengths_break_their_links_only_and_unread_messages_hold_nobody_up()
    {
        if (Attack(HostileAttack.ForgedElements, QueueCondition.UnexpectedUsedId, QueueCondition.UsedLengthTooLong))
        {
            for (int victim = 0; victim < HostileCore.Victims; victim++)
            {
                Check.Equal((int)LinkState.Broken, (int)BusRig.Bus.InspectLink(HostileCore.Number, victim).State);
                Check.That(s_full[victim] > 0);
                Check.Equal((int)LinkState.Ready, (int)BusRig.Bus.InspectLink(victim, HostileCore.Number).State);
            }

            MakePeace();
        }
    }

    /// <summary>Plays an attack until each victim has met what it must lead to, and then reports the broken links.</summary>
    private static bool Attack(HostileAttack attack, QueueCondition first, QueueCondition second)
    {
        if (!BusRig.Build(bufferSize: BufferSize))
        {
            return false;
        }

        Array.Clear(s_found);
        Array.Clear(s_full);
        s_attack = attack;
        s_first = first;
        s_second = second;
        s_isOver = false;
        s_atWork = HostileCore.Victims;
        Cores.RunOnAll(&TakePart);
        for (int sender = 0; sender < Cores.Count; sender++)
        {
            for (int receiver = 0; receiver < Cores.Count; receiver++)
            {
                LinkReport report = BusRig.Bus.InspectLink(sender, receiver);
                if (sender == HostileCore.Number || receiver == HostileCore.Number)
                {
                    if (report.State == LinkState.Broken)
                    {
                        new TextLine().AppendLink(sender, receiver, report).Print();
                    }
                }
                else if (sender != receiver)
                {
                    Check.Equal((int)LinkState.Ready, (int)report.State);
                }
            }
        }

        return true;
    }

    private static void TakePart(int core)
    {
        if (core == HostileCore.Number)
        {
            HostileCore.Run(s_attack, ref s_isOver);
        }
        else if (core < HostileCore.Victims)
        {
            Exchange(core);
            LeaveBroken(core);
            if (Interlocked.Decrement(ref s_atWork) == 0)
            {
                Volatile.Write(ref s_isOver, true);
            }
        }
    }

    private static void Exchange(int core)
    {
        BusEndpoint end = BusRig.End(core);
        int peer = 1 - core;
        byte* message = stackalloc byte[BufferSize];
        for (int round = 0; round < Rounds; round++)
        {
            int first = round * BurstMessages;
            for (int number = first; number < first + BurstMessages; number++)
            {
                int length = Message.Length(core, peer, number);
                Message.Write(message, length, core, number);
                if (!BusRig.Expect(BusStatus.Ok, end.SendTo(peer, new ReadOnlySpan<byte>(message, length), LimitNs)))
                {
                    return;
                }
            }

            for (int number = first; number < first + BurstMessages; number++)
            {
                int expected = Message.Length(peer, core, number);
                BusStatus status = end.RecvFrom(peer, new Span<byte>(message, BufferSize), LimitNs, out int length);
                if (!BusRig.Expect(BusStatus.Ok, status)
                    || !Check.Equal(expected, length)
                    || !Check.That(Message.IsRight(message, length, peer, number)))
                {
                    return;
                }

                Provoke(core);
            }
        }
    }

    /// <summary>Waits until the attack was found in both ways, then leaves the bad links as they are.</summary>
    private static void LeaveBroken(int core)
    {
        ulong deadline = Clock.Now + (LimitSeconds * Clock.TicksPerSecond);
        while (Found(core, s_first) == 0 || Found(core, s_second) == 0)
        {
            if (!Check.That(Clock.Now < deadline, "the attack is not noticed"))
            {
                return;
            }

            Provoke(core);
            Cpu.Pause();
        }

        bool isOutgoingAttacked = s_attack != HostileAttack.ForgedElements;
        while (true)
        {
            BusStatus incoming = ReceiveFromHostile(core);
            BusStatus outgoing = isOutgoingAttacked ? SendToHostile(core) : BusStatus.BrokenLink;
            if ((incoming == BusStatus.BrokenLink && outgoing == BusStatus.BrokenLink)
                || !Check.That(Clock.Now < deadline, "the links do not break"))
            {
                return;
            }

            if (incoming == BusStatus.Closed)
            {
                RepairIncoming(core);
            }

            if (outgoing == BusStatus.Closed)
            {
                RepairOutgoing(core);
            }

            Cpu.Pause();
        }
    }

    /// <summary>Uses both bad links, and sets up again what is found broken.</summary>
    private static void Provoke(int core)
    {
        if (ReceiveFromHostile(core) is BusStatus.BrokenLink or BusStatus.Closed)
        {
            RepairIncoming(core);
        }

        if (SendToHostile(core) is BusStatus.BrokenLink or BusStatus.Closed)
        {
            RepairOutgoing(core);
        }
    }

    private static BusStatus ReceiveFromHostile(int core)
    {
        byte* message = stackalloc byte[BufferSize + GuardBytes];
        new Span<byte>(message + BufferSize, GuardBytes).Fill(Guard);
        BusStatus status = BusRig.End(core).TryRecvFrom(HostileCore.Number, new Span<byte>(message, BufferSize), out int length);
        Check.That(length is >= 0 and <= BufferSize);
        Check.That(status is BusStatus.Ok or BusStatus.Empty or BusStatus.BrokenLink or BusStatus.Closed);
        for (int i = 0; i < GuardBytes; i++)
        {
            Check.Equal(Guard, message[BufferSize + i]);
        }

        return status;
    }

    private static BusStatus SendToHostile(int core)
    {
        BusStatus status = BusRig.End(core).TrySendTo(HostileCore.Number, "to nobody"u8);
        Check.That(status is BusStatus.Ok or BusStatus.Full or BusStatus.NotReady or BusStatus.BrokenLink or BusStatus.Closed);
        s_full[core] += status == BusStatus.Full ? 1 : 0;
        return status;
    }

    /// <summary>Notes what broke the link and resets it, if the other end is reset by now; else the next time.</summary>
    private static void RepairIncoming(int core)
    {
        Note(core, BusRig.Bus.InspectLink(HostileCore.Number, core).ReceiverCondition);
        BusStatus status = BusRig.End(core).TryResetFrom(HostileCore.Number);
        Check.That(status is BusStatus.Ok or BusStatus.NotReady);
    }

    private static void RepairOutgoing(int core)
    {
        Note(core, BusRig.Bus.InspectLink(core, HostileCore.Number).SenderCondition);
        BusStatus status = BusRig.End(core).ResetTo(HostileCore.Number);
        Check.That(status is BusStatus.Ok or BusStatus.NotBroken);
    }

    /// <summary>
    /// All cores close their ends, in whatever state the attack has left them, and reset all links: then messages flow
    /// everywhere, and what happened is still known.
    /// </summary>
    private static void MakePeace()
    {
        Cores.RunOnAll(&Close);
        for (int sender = 0; sender < Cores.Count; sender++)
        {
            for (int receiver = 0; receiver < Cores.Count; receiver++)
            {
                Check.That(BusRig.Bus.InspectLink(sender, receiver).State is LinkState.Closed or LinkState.None);
            }
        }

        Cores.RunOnAll(&Open);
        Cores.RunOnAll(&GreetAll);
        Check.Equal(0, BusRig.Bus.CountBrokenLinks());
        for (int victim = 0; victim < HostileCore.Victims; victim++)
        {
            Check.That(BusRig.Bus.CountViolations(HostileCore.Number, victim, s_first) > 0);
            Check.That(BusRig.Bus.CountViolations(HostileCore.Number, victim, s_second)
                + BusRig.Bus.CountViolations(victim, HostileCore.Number, s_second) > 0);
        }

        BusRig.Bus.PrintLinks(new TextLine());
    }

    private static void Close(int core) => BusRig.Expect(BusStatus.Ok, BusRig.End(core).Close());

    private static void Open(int core)
    {
        BusEndpoint end = BusRig.End(core);
        for (int peer = 0; peer < Cores.Count; peer++)
        {
            BusRig.Expect(peer == core ? BusStatus.NoSuchCore : BusStatus.Ok, end.ResetTo(peer));
        }

        for (int peer = 0; peer < Cores.Count; peer++)
        {
            BusRig.Expect(peer == core ? BusStatus.NoSuchCore : BusStatus.Ok, end.ResetFrom(peer, LimitNs));
        }
    }

    private static void GreetAll(int core)
    {
        BusEndpoint end = BusRig.End(core);
        byte* message = stackalloc byte[BufferSize];
        BusRig.Expect(BusStatus.Ok, end.Broadcast("peace"u8));
        for (int i = 1; i < Cores.Count; i++)
        {
            BusRig.Expect(
                BusStatus.Ok, end.RecvFromAny(new Span<byte>(message, BufferSize), LimitNs, out _, out int length));
            Check.That(new ReadOnlySpan<byte>(message, length).SequenceEqual("peace"u8));
        }
    }

    private static void Note(int victim, QueueCondition condition) => s_found[(victim << 4) + (int)condition]++;

    private static int Found(int victim, QueueCondition condition) => s_found[(victim << 4) + (int)condition];

    /// <summary>Checks a report; the hostile core's end may have noticed that the link is broken, or not.</summary>
    private static void CheckReport(int sender, int receiver, ReadOnlySpan<byte> begin, ReadOnlySpan<byte> found)
    {
        var line = new TextLine();
        line.AppendLink(sender, receiver, BusRig.Bus.InspectLink(sender, receiver));
        Check.That(
            line.Text.StartsWith(begin) && line.Text.IndexOf(found) >= 0, "the report is another one; see the lines above");
    }
}

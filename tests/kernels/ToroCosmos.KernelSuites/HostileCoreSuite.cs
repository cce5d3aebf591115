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
/// Core 2 attacks its links with cores 0 and 1 while these exchange messages and look at the bad links after each. A link
/// that is found broken is set up again, so that the attack goes on; the last time it is left as it is.
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
        }
    }

    [KernelTest(MinimumCores = 3)]
    internal static void Indices_that_jump_break_their_links_only()
    {
        if (Attack(HostileAttack.JumpingIndices, QueueCondition.UsedIndexJump, QueueCondition.AvailIndexJump))
        {
            CheckReport(HostileCore.Number, 0, "Core[2]->Core[0] is broken: Core[0] found: used index jumped"u8);
            CheckReport(HostileCore.Number, 1, "Core[2]->Core[1] is broken: Core[1] found: used index jumped"u8);
            CheckReport(0, HostileCore.Number, "Core[0]->Core[2] is broken: Core[0] found: available index jumped"u8);
            CheckReport(1, HostileCore.Number, "Core[1]->Core[2] is broken: Core[1] found: available index jumped"u8);
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
        while (ReceiveFromHostile(core) != BusStatus.BrokenLink
            || (isOutgoingAttacked && SendToHostile(core) != BusStatus.BrokenLink))
        {
            if (!Check.That(Clock.Now < deadline, "the links do not break"))
            {
                return;
            }

            Cpu.Pause();
        }
    }

    /// <summary>Uses both bad links, and sets up again what is found broken.</summary>
    private static void Provoke(int core)
    {
        if (ReceiveFromHostile(core) == BusStatus.BrokenLink)
        {
            RepairIncoming(core);
        }

        if (SendToHostile(core) == BusStatus.BrokenLink)
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
        Check.That(status is BusStatus.Ok or BusStatus.Empty or BusStatus.BrokenLink);
        for (int i = 0; i < GuardBytes; i++)
        {
            Check.Equal(Guard, message[BufferSize + i]);
        }

        return status;
    }

    private static BusStatus SendToHostile(int core)
    {
        BusStatus status = BusRig.End(core).TrySendTo(HostileCore.Number, "to nobody"u8);
        Check.That(status is BusStatus.Ok or BusStatus.Full or BusStatus.BrokenLink);
        s_full[core] += status == BusStatus.Full ? 1 : 0;
        return status;
    }

    private static void RepairIncoming(int core)
    {
        Link* link = BusRig.Links.Find(HostileCore.Number, core);
        Note(core, link->Receiver.Condition);
        link->Receiver = default;
        BusRig.Expect(BusStatus.Ok, BusRig.End(core).InitializeQueueFrom(HostileCore.Number));
    }

    private static void RepairOutgoing(int core)
    {
        Link* link = BusRig.Links.Find(core, HostileCore.Number);
        Note(core, link->Sender.Condition);
        link->Sender = default;
        link->SenderState = EndState.NotReady;
    }

    private static void Note(int victim, QueueCondition condition) => s_found[(victim << 4) + (int)condition]++;

    private static int Found(int victim, QueueCondition condition) => s_found[(victim << 4) + (int)condition];

    private static void CheckReport(int sender, int receiver, ReadOnlySpan<byte> expected)
    {
        var line = new TextLine();
        line.AppendLink(sender, receiver, BusRig.Bus.InspectLink(sender, receiver));
        Check.That(line.Text.SequenceEqual(expected), "the report is another one; see the lines above");
    }
}

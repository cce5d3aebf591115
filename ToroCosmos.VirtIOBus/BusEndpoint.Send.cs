using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus;

/// <content>Sending by copy.</content>
public sealed unsafe partial class BusEndpoint
{
    /// <summary>Sends a message, waiting for room as long as it takes.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.TooLong"/>, <see cref="BusStatus.Reserved"/>,
    /// <see cref="BusStatus.NoSuchCore"/> or <see cref="BusStatus.BrokenLink"/>. Unless it is Ok, nothing was sent.
    /// </returns>
    public BusStatus SendTo(int core, ReadOnlySpan<byte> buffer) => Send(core, buffer, TimeLimit.None);

    /// <summary>Sends a message, waiting for room up to a time limit.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>. Unless it is Ok, nothing was sent.</returns>
    public BusStatus SendTo(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs) => Timed(Send(core, buffer, timeoutNs));

    /// <summary>Sends a message if there is room now.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <returns>
    /// As the blocking form, or <see cref="BusStatus.Full"/> or <see cref="BusStatus.NotReady"/>. Unless it is Ok, nothing
    /// was sent.
    /// </returns>
    public BusStatus TrySendTo(int core, ReadOnlySpan<byte> buffer) => Send(core, buffer, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BusStatus SendBatch(int core, ReadOnlySpan<byte> messages, int messageBytes, ulong deadline, out int sent)
    {
        sent = 0;
        Link* link = Find(_openOutgoing, core);
        if (link == null && (link = CheckedOutgoingTo(core)) == null)
        {
            return ExplainNoLink();
        }

        if (messageBytes <= 0 || (uint)messages.Length % (uint)messageBytes != 0)
        {
            return BusStatus.InvalidLength;
        }

        if ((uint)messageBytes > _messageBytes)
        {
            return BusStatus.TooLong;
        }

        BusStatus status = BusStatus.Ok;
        uint bytes = (uint)messages.Length;
        uint filled;
        fixed (byte* source = messages)
        {
            filled = FillBatch(link, source, bytes, (uint)messageBytes);
            while (filled < bytes)
            {
                // This shows what was filled before it waits or gives up.
                status = AwaitRoomUntil(core, deadline);
                if (status != BusStatus.Ok)
                {
                    break;
                }

                filled += FillBatch(link, source + filled, bytes - filled, (uint)messageBytes);
            }
        }

        if (filled == bytes)
        {
            FlushTo(core, link);
        }

        sent = (int)(filled / (uint)messageBytes);
        return status;
    }

    /// <summary>
    /// Sends a message to every other core, waiting for room where there is none; those that have room do not wait for it.
    /// </summary>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; <see cref="BusStatus.TooLong"/> or <see cref="BusStatus.Reserved"/> when nothing was
    /// sent; <see cref="BusStatus.BrokenLink"/>, else <see cref="BusStatus.Closed"/>, when at least one link is that: all
    /// other cores have got the message; <see cref="BusStatus.Cancelled"/>: so have all others that had room.
    /// </returns>
    public BusStatus Broadcast(ReadOnlySpan<byte> buffer)
    {
        BusStatus refused = ExplainNoBroadcast(buffer);
        return refused == BusStatus.Ok ? SendToAll(buffer) : refused;
    }

    /// <summary>Why nothing is broadcast whatever the links are like; Ok when it can be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BusStatus ExplainNoBroadcast(ReadOnlySpan<byte> buffer)
    {
        if (IsWrongCore)
        {
            return BusStatus.WrongCore;
        }

        if ((uint)buffer.Length > _messageBytes)
        {
            return BusStatus.TooLong;
        }

        for (int step = 1; step < _cores; step++)
        {
            if (OutgoingTo(Following(Core, step))->Sender.IsHeld)
            {
                return BusStatus.Reserved;
            }
        }

        return BusStatus.Ok;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BusStatus SendToAll(ReadOnlySpan<byte> buffer)
    {
        BusStatus result = BusStatus.Ok;
        for (int step = 1; step < _cores; step++)
        {
            int core = Following(Core, step);
            Link* link = OutgoingTo(core);
            BusStatus status = BusStatus.Ok;
            byte* room;
            while (!link->Sender.TryReserve(out room) && status == BusStatus.Ok)
            {
                // Once cancelled, it waits for nobody any more.
                status = AwaitRoomUntil(core, result == BusStatus.Cancelled ? 0 : TimeLimit.None);
            }

            if (status != BusStatus.Ok)
            {
                result = ResultOf(result, status);
                continue;
            }

            MemoryCopy.Copy(room, buffer);
            if (link->Sender.Commit((uint)buffer.Length))
            {
                _sleep.Wake(core);
            }
        }

        return result;
    }

    /// <summary>What a broadcast answers that met two obstacles.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static BusStatus ResultOf(BusStatus one, BusStatus other) =>
        one == BusStatus.Cancelled || (one == BusStatus.BrokenLink && other != BusStatus.Cancelled) ? one : other;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BusStatus Send(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs) =>
        (uint)buffer.Length < InOrderDevice.MinimumPrefetch
            ? SendCopy(core, buffer, timeoutNs)
            : SendLongCopy(core, buffer, timeoutNs);

    /// <summary>Apart from the short ones, which pay for every instruction.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BusStatus SendLongCopy(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs)
    {
        BusStatus status = SendCopy(core, buffer, timeoutNs);
        if (status == BusStatus.Ok)
        {
            OutgoingTo(core)->Sender.PrefetchNext((uint)buffer.Length);
        }

        return status;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BusStatus SendCopy(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs)
    {
        uint bytes = (uint)buffer.Length;
        Link* link = Find(_openOutgoing, core);
        if (link == null && (link = CheckedOutgoingTo(core)) == null)
        {
            return ExplainNoLink();
        }

        if (bytes > _messageBytes)
        {
            return BusStatus.TooLong;
        }

        byte* room;
        while (!link->Sender.TryReserve(out room))
        {
            BusStatus status = AwaitRoom(core, timeoutNs);
            if (status != BusStatus.Ok)
            {
                return status;
            }
        }

        MemoryCopy.Copy(room, buffer);
        if (link->Sender.Commit(bytes))
        {
            _sleep.Wake(core);
        }

        return BusStatus.Ok;
    }

    /// <summary>Waits for room where at the first look there was none, for a limit that begins now.</summary>
    /// <returns>As <see cref="AwaitRoomUntil"/>.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BusStatus AwaitRoom(int core, ulong timeoutNs) => AwaitRoomUntil(core, _ticks.DeadlineAfter(timeoutNs));

    /// <summary>Waits for room where at the first look there was none.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="deadline">As <see cref="TickScale.DeadlineAfter"/> has it.</param>
    /// <returns>
    /// Ok when there is room; Full or NotReady when there is none in time; or why there will be none.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BusStatus AwaitRoomUntil(int core, ulong deadline)
    {
        Link* link = OutgoingTo(core);
        OutgoingLink waitable = new(link);
        bool isFirst = true;
        while (true)
        {
            if (link->Sender.TryReserve(out _))
            {
                return BusStatus.Ok;
            }

            BusStatus status = ExplainNoRoom(core, link);
            if (status is BusStatus.Full or BusStatus.NotReady)
            {
                // The receiver cannot give back room for messages that it does not see.
                FlushTo(core, link);
                link->SenderRecord.Shortages += isFirst ? 1u : 0u;
                isFirst = false;
                BusStatus waited = deadline == 0 ? BusStatus.TimedOut : Await(waitable, deadline);
                if (waited != BusStatus.Ok)
                {
                    return waited == BusStatus.Cancelled ? waited : status;
                }
            }
            else if (status != BusStatus.Ok)
            {
                return status;
            }
        }
    }

    /// <summary>Takes the queue up if the receiver has initialized it since; Ok when it is worth another look.</summary>
    private BusStatus ExplainNoRoom(int core, Link* link)
    {
        if (link->Sender.IsBroken)
        {
            return BreakOutgoing(core, link, link->Sender.Condition);
        }

        uint receiver = RingMemory.Load(&link->ReceiverState);
        uint state = EndState.Of(receiver);
        bool isThere = receiver == (link->SenderRecord.Generation | EndState.Ready);
        if (link->Sender.Condition == QueueCondition.Working)
        {
            if (isThere)
            {
                return link->Sender.IsHeld ? BusStatus.Reserved : BusStatus.Full;
            }
        }
        else if (state == EndState.NotReady || EndState.GenerationOf(receiver) != link->SenderRecord.Generation)
        {
            return state == EndState.Closed ? BusStatus.Closed : BusStatus.NotReady;
        }
        else
        {
            link->SenderRecord.IsAwaitingReset = 0;
            if (isThere)
            {
                QueueCondition condition = link->Sender.Initialize(
                    _links.Queue(link), _links.Buffers(link), _links.BuffersBytes, _links.BufferBytes);
                return condition == QueueCondition.Working ? BusStatus.Ok : BreakOutgoing(core, link, condition);
            }
        }

        return BreakOutgoing(core, link, ReasonOf(receiver));
    }

    /// <summary>Uses a link no more, and tells the receiver. The first reason stays.</summary>
    private BusStatus BreakOutgoing(int core, Link* link, QueueCondition reason)
    {
        link->Sender.Break(reason);
        reason = link->Sender.Condition;
        SetState(&link->SenderState, link->SenderRecord.Generation | StateOf(reason), core);
        return Explain(reason);
    }

    /// <summary>The core that follows another one by some steps, round and round.</summary>
    private int Following(int core, int steps)
    {
        int following = core + steps;
        return following < _cores ? following : following - _cores;
    }

    /// <summary>What a send with a time limit answers in place of one that tries.</summary>
    private static BusStatus Timed(BusStatus status) =>
        status is BusStatus.Full or BusStatus.NotReady ? BusStatus.TimedOut : status;
}

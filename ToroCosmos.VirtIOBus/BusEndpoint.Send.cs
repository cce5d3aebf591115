using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Memory;
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
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.TooLong"/>, <see cref="BusStatus.NoSuchCore"/>,
    /// <see cref="BusStatus.BrokenLink"/>, <see cref="BusStatus.Closed"/> or <see cref="BusStatus.Cancelled"/>. Unless it is
    /// Ok, nothing was sent.
    /// </returns>
    public BusStatus SendTo(int core, ReadOnlySpan<byte> buffer) => Send(core, buffer, NoLimit);

    /// <summary>Sends a message, waiting for room up to a time limit.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="NoLimit"/> never ends.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>. Unless it is Ok, nothing was sent.</returns>
    public BusStatus SendTo(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs)
    {
        BusStatus status = Send(core, buffer, timeoutNs);
        return status == BusStatus.Full ? BusStatus.TimedOut : status;
    }

    /// <summary>Sends a message if there is room now.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.Full"/>. Unless it is Ok, nothing was sent.</returns>
    public BusStatus TrySendTo(int core, ReadOnlySpan<byte> buffer) => Send(core, buffer, 0);

    /// <summary>
    /// Sends messages of one length, which the receiver is told of a queue's worth at a time, and waits for room as
    /// long as it takes.
    /// </summary>
    /// <param name="core">The receiver.</param>
    /// <param name="messages">The messages one after the other; all are copied.</param>
    /// <param name="messageBytes">
    /// Length of each, 1 to <see cref="BusOptions.BufferSize"/> bytes, of which the whole is a multiple.
    /// </param>
    /// <returns>
    /// As <see cref="SendTo(int, ReadOnlySpan{byte})"/>. With <see cref="BusStatus.BrokenLink"/>,
    /// <see cref="BusStatus.Closed"/> and <see cref="BusStatus.Cancelled"/> some may have been sent.
    /// </returns>
    public BusStatus SendBatchTo(int core, ReadOnlySpan<byte> messages, int messageBytes)
    {
        Link* link = OutgoingTo(core);
        if (link == null)
        {
            return BusStatus.NoSuchCore;
        }

        if (messageBytes <= 0 || (uint)messageBytes > _messageBytes || (uint)messages.Length % (uint)messageBytes != 0)
        {
            return BusStatus.TooLong;
        }

        fixed (byte* source = messages)
        {
            for (uint at = 0; at < (uint)messages.Length; at += (uint)messageBytes)
            {
                byte* room;
                while (!link->Sender.TryReserve(out room))
                {
                    BusStatus status = AwaitRoom(core, NoLimit);
                    if (status != BusStatus.Ok)
                    {
                        return status;
                    }
                }

                MemoryCopy.Copy(room, source + at, (uint)messageBytes);
                link->Sender.Fill((uint)messageBytes);
            }
        }

        if (link->Sender.Flush())
        {
            WakeReceiver(core, link);
        }

        return BusStatus.Ok;
    }

    /// <summary>Sends a message to every other core, waiting for room where there is none.</summary>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; <see cref="BusStatus.TooLong"/> or <see cref="BusStatus.Reserved"/> when nothing was
    /// sent; <see cref="BusStatus.BrokenLink"/>, else <see cref="BusStatus.Closed"/>, when at least one link is that: all
    /// other cores have got the message; <see cref="BusStatus.Cancelled"/>: so have all others that had room.
    /// </returns>
    public BusStatus Broadcast(ReadOnlySpan<byte> buffer)
    {
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

        BusStatus result = BusStatus.Ok;
        ulong limitNs = NoLimit;
        int shown = 1;
        for (int step = 1; step < _cores; step++)
        {
            int core = Following(Core, step);
            Link* link = OutgoingTo(core);
            BusStatus status = BusStatus.Ok;
            byte* room;
            while (!link->Sender.TryReserve(out room) && status == BusStatus.Ok)
            {
                // Those served so far must not wait for one that is slow.
                ShowBroadcast(shown, step);
                shown = step;
                status = AwaitRoom(core, limitNs);
            }

            if (status == BusStatus.Ok)
            {
                fixed (byte* source = buffer)
                {
                    MemoryCopy.Copy(room, source, (uint)buffer.Length);
                }

                link->Sender.Fill((uint)buffer.Length);
            }
            else
            {
                // Nothing was filled, and a queue that was never taken up has nothing to show with.
                shown = step + 1;
                limitNs = status == BusStatus.Cancelled ? 0 : limitNs;
                result = limitNs == 0 ? BusStatus.Cancelled : result == BusStatus.BrokenLink ? result : status;
            }
        }

        ShowBroadcast(shown, _cores);
        return result;
    }

    /// <summary>
    /// Shows the cores from one step to before another what was filled for each of them, with one fence for all.
    /// </summary>
    private void ShowBroadcast(int first, int end)
    {
        for (int step = first; step < end; step++)
        {
            OutgoingTo(Following(Core, step))->Sender.Show();
        }

        // Orders the indices before the looks at the receivers' flags, as in InOrderDevice.Publish.
        RingMemory.Fence();
        for (int step = first; step < end; step++)
        {
            int core = Following(Core, step);
            Link* link = OutgoingTo(core);
            if (link->Sender.IsWakeUpRequested())
            {
                WakeReceiver(core, link);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BusStatus Send(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs) =>
        (uint)buffer.Length < InOrderDevice.LeastOwned
            ? SendCopy(core, buffer, timeoutNs)
            : SendLongCopy(core, buffer, timeoutNs);

    /// <summary>Apart from the short ones, which pay for every instruction.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BusStatus SendLongCopy(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs)
    {
        BusStatus status = SendCopy(core, buffer, timeoutNs);
        if (status == BusStatus.Ok)
        {
            OutgoingTo(core)->Sender.OwnNext((uint)buffer.Length);
        }

        return status;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BusStatus SendCopy(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs)
    {
        uint bytes = (uint)buffer.Length;
        Link* link = OutgoingTo(core);
        if (link == null || bytes > _messageBytes)
        {
            return link == null ? BusStatus.NoSuchCore : BusStatus.TooLong;
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

        fixed (byte* source = buffer)
        {
            MemoryCopy.Copy(room, source, bytes);
        }

        if (link->Sender.Commit(bytes))
        {
            WakeReceiver(core, link);
        }

        return BusStatus.Ok;
    }

    /// <summary>Waits for room where at the first look there was none.</summary>
    /// <returns>Ok when there is room; Full when there is none in time; or why there will be none.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BusStatus AwaitRoom(int core, ulong timeoutNs)
    {
        Link* link = OutgoingTo(core);
        OutgoingLink waitable = new(link);
        ulong deadline = 0;
        while (true)
        {
            if (link->Sender.TryReserve(out _))
            {
                return BusStatus.Ok;
            }

            BusStatus status = ExplainNoRoom(core, link);
            if (status == BusStatus.Full)
            {
                // The receiver cannot give back room for messages that it does not see.
                FlushTo(core, link);
                link->SenderRecord.Shortages += deadline == 0 ? 1u : 0u;
                if (timeoutNs == 0)
                {
                    return BusStatus.Full;
                }

                deadline = deadline == 0 ? _ticks.DeadlineAfter(timeoutNs) : deadline;
                BusStatus waited = Await(waitable, deadline);
                if (waited != BusStatus.Ok)
                {
                    return waited;
                }
            }
            else if (status != BusStatus.Ok)
            {
                return status;
            }
        }
    }

    /// <summary>Takes the queue up if the receiver has initialised it since; Ok when it is worth another look.</summary>
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
            return state == EndState.Closed ? BusStatus.Closed : BusStatus.Full;
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
}

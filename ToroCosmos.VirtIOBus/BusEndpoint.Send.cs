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
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.TooLong"/>, <see cref="BusStatus.NoSuchCore"/> or
    /// <see cref="BusStatus.BrokenLink"/>. Unless it is Ok, nothing was sent.
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
    /// As <see cref="SendTo(int, ReadOnlySpan{byte})"/>. With <see cref="BusStatus.BrokenLink"/> some may have been sent.
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
            _sleep.Wake(core);
        }

        return BusStatus.Ok;
    }

    /// <summary>Sends a message to every other core, waiting for room where there is none.</summary>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; <see cref="BusStatus.TooLong"/> or <see cref="BusStatus.Reserved"/> when nothing was
    /// sent; <see cref="BusStatus.BrokenLink"/> when at least one link is broken: all other cores have got the message.
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
        for (int step = 1; step < _cores; step++)
        {
            int core = Following(Core, step);
            Link* link = OutgoingTo(core);
            BusStatus status = BusStatus.Ok;
            byte* room;
            while (!link->Sender.TryReserve(out room) && status == BusStatus.Ok)
            {
                status = AwaitRoom(core, NoLimit);
            }

            if (status != BusStatus.Ok)
            {
                result = status;
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

        MemoryCopy.Copy(room, buffer);
        if (link->Sender.Commit(bytes))
        {
            _sleep.Wake(core);
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
                if (link->Sender.Flush())
                {
                    _sleep.Wake(core);
                }

                if (timeoutNs == 0)
                {
                    return BusStatus.Full;
                }

                deadline = deadline == 0 ? _ticks.DeadlineAfter(timeoutNs) : deadline;
                if (!_waiter.Poll(waitable) && !Sleep(waitable, deadline))
                {
                    return BusStatus.Full;
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
        uint state = RingMemory.Load(&link->ReceiverState);
        QueueCondition condition = link->Sender.Condition;
        if (!link->Sender.IsBroken)
        {
            if (state == EndState.Broken)
            {
                link->Sender.Break(QueueCondition.BrokenByPeer);
            }
            else if (condition == QueueCondition.Working || state == EndState.NotReady)
            {
                return link->Sender.IsHeld ? BusStatus.Reserved : BusStatus.Full;
            }
            else
            {
                condition = link->Sender.Initialize(
                    _links.Queue(link), _links.Buffers(link), _links.BuffersBytes, _links.BufferBytes);
                if (condition == QueueCondition.Working)
                {
                    return BusStatus.Ok;
                }
            }
        }

        SetState(&link->SenderState, EndState.Broken, core);
        return BusStatus.BrokenLink;
    }

    /// <summary>The core that follows another one by some steps, round and round.</summary>
    private int Following(int core, int steps)
    {
        int following = core + steps;
        return following < _cores ? following : following - _cores;
    }
}

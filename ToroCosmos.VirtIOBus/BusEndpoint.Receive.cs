using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Memory;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus;

/// <content>Receiving by copy.</content>
public sealed unsafe partial class BusEndpoint
{
    /// <summary>Receives the oldest message of a core, waiting for one as long as it takes.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <returns>
    /// The length, which may be 0; or, when negative, the status negated: -<see cref="BusStatus.TooLong"/> (the message
    /// stays queued; <see cref="TryRecvFrom"/> tells its length), -<see cref="BusStatus.NoSuchCore"/>,
    /// -<see cref="BusStatus.BrokenLink"/>, -<see cref="BusStatus.Closed"/> or -<see cref="BusStatus.Cancelled"/>.
    /// </returns>
    public int RecvFrom(int core, Span<byte> buffer)
    {
        BusStatus status = Receive(core, buffer, NoLimit, out int length);
        return status == BusStatus.Ok ? length : -(int)status;
    }

    /// <summary>Receives the oldest message of a core, waiting for one up to a time limit.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="NoLimit"/> never ends.</param>
    /// <param name="length">As in <see cref="TryRecvFrom"/>.</param>
    /// <returns>
    /// As <see cref="TryRecvFrom"/>, with <see cref="BusStatus.TimedOut"/> in place of Empty, or
    /// <see cref="BusStatus.Cancelled"/>.
    /// </returns>
    public BusStatus RecvFrom(int core, Span<byte> buffer, ulong timeoutNs, out int length)
    {
        BusStatus status = Receive(core, buffer, timeoutNs, out length);
        return status == BusStatus.Empty ? BusStatus.TimedOut : status;
    }

    /// <summary>Receives the oldest message of a core if there is one now.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <param name="length">The length of the message; 0 when there is none.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; <see cref="BusStatus.TooLong"/> when the message is longer than the buffer: it stays
    /// queued, and <paramref name="length"/> says how much it needs; <see cref="BusStatus.Empty"/>,
    /// <see cref="BusStatus.NoSuchCore"/>, <see cref="BusStatus.BrokenLink"/> or <see cref="BusStatus.Closed"/>.
    /// </returns>
    public BusStatus TryRecvFrom(int core, Span<byte> buffer, out int length) => Receive(core, buffer, 0, out length);

    /// <summary>
    /// Receives the messages of a core that are there, one after the other and as many as fit, waiting for the first
    /// one as long as it takes.
    /// </summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the messages, with nothing between them.</param>
    /// <param name="lengths">Where to put the length of each; as many are received at most.</param>
    /// <returns>
    /// How many messages were received; or, when negative, the status negated, as in
    /// <see cref="RecvFrom(int, Span{byte})"/>.
    /// </returns>
    public int RecvBatchFrom(int core, Span<byte> buffer, Span<int> lengths)
    {
        if (IncomingFrom(core) == null)
        {
            return -(int)BusStatus.NoSuchCore;
        }

        int count = 0;
        while (count < lengths.Length)
        {
            BusStatus status = Receive(core, buffer, count == 0 ? NoLimit : 0, out int length);
            if (status != BusStatus.Ok)
            {
                return count > 0 ? count : -(int)status;
            }

            lengths[count] = length;
            buffer = buffer.Slice(length);
            count++;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BusStatus Receive(int core, Span<byte> buffer, ulong timeoutNs, out int length)
    {
        length = 0;
        Link* link = IncomingFrom(core);
        if (link == null)
        {
            return BusStatus.NoSuchCore;
        }

        byte* data;
        uint bytes;
        while (!link->Receiver.TryPeek(out data, out bytes, timeoutNs == 0 ? 0 : _pollSteps))
        {
            BusStatus status = AwaitMessage(core, timeoutNs);
            if (status != BusStatus.Ok)
            {
                return status;
            }
        }

        if (_guard != null && !IsIntact(core, link, data))
        {
            return BusStatus.BrokenLink;
        }

        if (bytes > _messageBytes)
        {
            return ReceiveLoan(core, link, data, bytes, buffer, out length);
        }

        length = (int)bytes;
        if (bytes > (uint)buffer.Length)
        {
            return BusStatus.TooLong;
        }

        fixed (byte* destination = buffer)
        {
            MemoryCopy.Copy(destination, data, bytes);
        }

        if (link->Receiver.Release())
        {
            WakeSender(core, link);
        }

        return BusStatus.Ok;
    }

    /// <summary>Waits for a message where polling found none.</summary>
    /// <returns>Ok when there is one; Empty when there is none in time; or why there will be none.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BusStatus AwaitMessage(int core, ulong timeoutNs)
    {
        Link* link = IncomingFrom(core);
        IncomingLink waitable = new(link);
        ulong deadline = 0;
        while (true)
        {
            BusStatus status = ExplainNoMessage(core, link);
            if (status != BusStatus.Empty || timeoutNs == 0)
            {
                return status;
            }

            if (TakeCancel())
            {
                return BusStatus.Cancelled;
            }

            if (deadline == 0)
            {
                link->ReceiverRecord.Shortages++;
                deadline = _ticks.DeadlineAfter(timeoutNs);
            }

            if (!Sleep(waitable, deadline))
            {
                return BusStatus.Empty;
            }
        }
    }

    /// <summary>Why there was no message at the last look; Ok when it is worth another one.</summary>
    private BusStatus ExplainNoMessage(int core, Link* link)
    {
        if (link->Receiver.IsHeld)
        {
            return BusStatus.Peeked;
        }

        if (link->Receiver.Condition == QueueCondition.NotInitialized)
        {
            return BusStatus.BrokenLink;
        }

        if (link->Receiver.IsBroken)
        {
            return BreakIncoming(core, link, link->Receiver.Condition);
        }

        // In this order: a sender that leaves the link says so after all that it has sent.
        uint sender = RingMemory.Load(&link->SenderState);
        if (link->Receiver.HasNews())
        {
            return BusStatus.Ok;
        }

        return sender == (link->ReceiverRecord.Generation | EndState.NotReady)
            ? BusStatus.Empty
            : BreakIncoming(core, link, ReasonOf(sender));
    }

    /// <summary>Makes the checks of <see cref="BusChecks.Full"/>, and breaks the link when one fails.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsIntact(int core, Link* link, byte* data)
    {
        QueueCondition condition = _guard!.Check(link, data);
        if (condition != QueueCondition.Working)
        {
            BreakIncoming(core, link, condition);
        }

        return condition == QueueCondition.Working;
    }

    /// <summary>Uses a link no more, and tells the sender. The first reason stays.</summary>
    private BusStatus BreakIncoming(int core, Link* link, QueueCondition reason)
    {
        link->Receiver.Break(reason);
        reason = link->Receiver.Condition;
        SetState(&link->ReceiverState, link->ReceiverRecord.Generation | StateOf(reason), core);
        return Explain(reason);
    }
}

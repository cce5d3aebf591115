using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus;

/// <content>Receiving by copy.</content>
public sealed unsafe partial class BusEndpoint
{
    /// <summary>Receives the oldest message of a core, waiting for one as long as it takes.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <param name="length">The length of the message, which may be 0; 0 when there is none.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; <see cref="BusStatus.TooLong"/> when the message is longer than the buffer: it stays
    /// queued, and <paramref name="length"/> says how much it needs; <see cref="BusStatus.Peeked"/>,
    /// <see cref="BusStatus.NotReady"/>, <see cref="BusStatus.NoSuchCore"/> or <see cref="BusStatus.BrokenLink"/>.
    /// </returns>
    public BusStatus RecvFrom(int core, Span<byte> buffer, out int length) =>
        Receive(core, buffer, TimeLimit.None, out length);

    /// <summary>Receives the oldest message of a core, waiting for one up to a time limit.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="length">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>.</returns>
    public BusStatus RecvFrom(int core, Span<byte> buffer, ulong timeoutNs, out int length)
    {
        BusStatus status = Receive(core, buffer, timeoutNs, out length);
        return status == BusStatus.Empty ? BusStatus.TimedOut : status;
    }

    /// <summary>Receives the oldest message of a core if there is one now.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <param name="length">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.Empty"/>.</returns>
    public BusStatus TryRecvFrom(int core, Span<byte> buffer, out int length) => Receive(core, buffer, 0, out length);

    /// <summary>
    /// Receives the messages of a core that are there, one after the other and as many as fit, waiting for the first
    /// one as long as it takes.
    /// </summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the messages, with nothing between them.</param>
    /// <param name="lengths">Where to put the length of each; as many are received at most.</param>
    /// <param name="count">How many were received.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/> when at least one was received, or <paramref name="lengths"/> is empty; else as
    /// <see cref="RecvFrom(int, Span{byte}, out int)"/>.
    /// </returns>
    public BusStatus RecvBatchFrom(int core, Span<byte> buffer, Span<int> lengths, out int count) =>
        ReceiveBatch(core, buffer, lengths, TimeLimit.None, out count);

    /// <summary>As the blocking form, waiting for the first message up to a time limit.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">As in the blocking form.</param>
    /// <param name="lengths">As in the blocking form.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="count">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>.</returns>
    public BusStatus RecvBatchFrom(int core, Span<byte> buffer, Span<int> lengths, ulong timeoutNs, out int count)
    {
        BusStatus status = ReceiveBatch(core, buffer, lengths, timeoutNs, out count);
        return status == BusStatus.Empty ? BusStatus.TimedOut : status;
    }

    /// <summary>As the blocking form, if there are messages now.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">As in the blocking form.</param>
    /// <param name="lengths">As in the blocking form.</param>
    /// <param name="count">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.Empty"/>.</returns>
    public BusStatus TryRecvBatchFrom(int core, Span<byte> buffer, Span<int> lengths, out int count) =>
        ReceiveBatch(core, buffer, lengths, 0, out count);

    private BusStatus ReceiveBatch(int core, Span<byte> buffer, Span<int> lengths, ulong timeoutNs, out int count)
    {
        count = 0;
        if (Find(_openIncoming, core) == null && CheckedIncomingFrom(core) == null)
        {
            return ExplainNoLink();
        }

        int received = 0;
        while (received < lengths.Length)
        {
            BusStatus status = Receive(core, buffer, received == 0 ? timeoutNs : 0, out int length);
            if (status != BusStatus.Ok)
            {
                count = received;
                return received > 0 ? BusStatus.Ok : status;
            }

            lengths[received] = length;
            buffer = buffer.Slice(length);
            received++;
        }

        count = received;
        return BusStatus.Ok;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BusStatus Receive(int core, Span<byte> buffer, ulong timeoutNs, out int length)
    {
        length = 0;
        Link* link = Find(_openIncoming, core);
        if (link == null && (link = CheckedIncomingFrom(core)) == null)
        {
            return ExplainNoLink();
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

        MemoryCopy.Copy(buffer, data, bytes);
        if (link->Receiver.Release())
        {
            _sleep.Wake(core);
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
            return BusStatus.NotReady;
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

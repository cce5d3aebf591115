using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus;

/// <content>Using a link again that was broken or closed: each of its two ends resets it, in any order.</content>
public sealed unsafe partial class BusEndpoint
{
    /// <summary>
    /// Resets the sending end of a link that is broken or closed: this core forgets what it knows of the queue, and room
    /// that it reserved or messages that it kept back there. It can send again when the receiver has reset its end too,
    /// with <see cref="ResetFrom(int)"/>; until then sends wait, and those that try answer <see cref="BusStatus.NotReady"/>.
    /// Does not wait; again, it has no effect.
    /// </summary>
    /// <param name="core">The receiver.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.NoSuchCore"/>, or <see cref="BusStatus.NotBroken"/>: the link works,
    /// or was never used, and nothing was done.
    /// </returns>
    public BusStatus ResetTo(int core)
    {
        Link* link = Find(_openOutgoing, core);
        if (link == null && (link = CheckedOutgoingTo(core)) == null)
        {
            return ExplainNoLink();
        }

        // The receiver may have left the link, or followed an earlier reset, and this end not know it yet.
        _ = ExplainNoRoom(core, link);
        BusStatus status = BusStatus.Ok;
        EndRecord* record = &link->SenderRecord;
        if (!Link.HasReceiverFollowed(link))
        {
            link->Sender = default;
        }
        else if (link->Sender.IsBroken)
        {
            EndRecord.Count(record, link->Sender.Condition);
            record->Messages += link->Sender.TotalFilled;
            record->MessageBytes += link->Sender.TotalBytes;
            record->WakeUps += link->Sender.WakeUps;
            record->Generation = EndState.Next(record->Generation);
            record->IsAwaitingReset = 1;
            link->Sender = default;
        }
        else
        {
            status = BusStatus.NotBroken;
        }

        // In each case it is what this end has to say, whatever somebody else has written over it.
        SetState(&link->SenderState, record->Generation | EndState.NotReady, core);
        return status;
    }

    /// <summary>
    /// Resets the receiving end of a link that is broken or closed, waiting for the sender to reset its end first as long
    /// as it takes. Messages that were not received are lost, a peeked message is not shown any more, and
    /// all memory that was lent over the link is the sender's again.
    /// </summary>
    /// <param name="core">The sender.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>: messages can flow; <see cref="BusStatus.NoSuchCore"/>; or
    /// <see cref="BusStatus.NotBroken"/>: the link works, or this core has not initialized it, and nothing was done.
    /// </returns>
    public BusStatus ResetFrom(int core) => ResetUntil(core, TimeLimit.None);

    /// <summary>As the blocking form, waiting up to a time limit.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>.</returns>
    public BusStatus ResetFrom(int core, ulong timeoutNs)
    {
        BusStatus status = ResetUntil(core, _ticks.DeadlineAfter(timeoutNs));
        return status == BusStatus.NotReady ? BusStatus.TimedOut : status;
    }

    /// <summary>As the blocking form, if the sender has reset its end by now.</summary>
    /// <param name="core">The sender.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.NotReady"/>: it has not.</returns>
    public BusStatus TryResetFrom(int core) => ResetUntil(core, 0);

    private BusStatus ResetUntil(int core, ulong deadline)
    {
        Link* link = Find(_openIncoming, core);
        if (link == null && (link = CheckedIncomingFrom(core)) == null)
        {
            return ExplainNoLink();
        }

        if (!link->Receiver.IsBroken)
        {
            uint sender = RingMemory.Load(&link->SenderState);
            if (link->Receiver.Condition == QueueCondition.NotInitialized)
            {
                return BusStatus.NotBroken;
            }

            if (sender == (link->ReceiverRecord.Generation | EndState.NotReady))
            {
                // Somebody else may have written over this end's word.
                SetState(&link->ReceiverState, link->ReceiverRecord.Generation | EndState.Ready, core);
                return BusStatus.NotBroken;
            }

            link->Receiver.Break(ReasonOf(sender));
        }

        // The sender must know, for it goes first.
        BreakIncoming(core, link, link->Receiver.Condition);
        LeftLink waitable = new(link);
        uint next;
        while (!waitable.HasLeft(out next))
        {
            BusStatus waited = deadline == 0 ? BusStatus.NotReady : Await(waitable, deadline);
            if (waited != BusStatus.Ok)
            {
                return waited;
            }
        }

        EndRecord.Count(&link->ReceiverRecord, link->Receiver.Condition);
        link->ReceiverRecord.Generation = next;
        link->ReceiverRecord.Resets++;
        link->ReceiverRecord.WakeUps += link->Receiver.WakeUps;
        SetUpIncoming(core, link);
        return BusStatus.Ok;
    }
}

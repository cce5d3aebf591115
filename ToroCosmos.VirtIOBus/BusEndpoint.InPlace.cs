using System;
using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus;

/// <content>Messages made and read in the bus's own memory, with no copy.</content>
public sealed unsafe partial class BusEndpoint
{
    /// <summary>
    /// Reserves room to make the next message in, waiting for it as long as it takes. Nothing is sent before
    /// <see cref="CommitTo"/>; asked again before that, it answers the same. Until then, or <see cref="CancelTo"/>, all
    /// other calls that send to this core answer <see cref="BusStatus.Reserved"/>.
    /// </summary>
    /// <param name="core">The receiver.</param>
    /// <param name="room"><see cref="BusOptions.BufferSize"/> bytes with any content; empty unless the call is Ok.</param>
    /// <returns><see cref="BusStatus.Ok"/>, <see cref="BusStatus.NoSuchCore"/> or <see cref="BusStatus.BrokenLink"/>.</returns>
    public BusStatus ReserveTo(int core, out Span<byte> room) => Reserve(core, TimeLimit.None, out room);

    /// <summary>As the blocking form, waiting up to a time limit.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="room">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>.</returns>
    public BusStatus ReserveTo(int core, ulong timeoutNs, out Span<byte> room) => Timed(Reserve(core, timeoutNs, out room));

    /// <summary>As the blocking form, if there is room now.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="room">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.Full"/> or <see cref="BusStatus.NotReady"/>.</returns>
    public BusStatus TryReserveTo(int core, out Span<byte> room) => Reserve(core, 0, out room);

    /// <summary>Sends the message made in the room that was reserved.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="bytes">Its length: 0 to <see cref="BusOptions.BufferSize"/>.</param>
    /// <param name="more">
    /// Whether another message to the same core follows at once: the receiver is told of both together. It is told at
    /// the latest when this core next waits for anything on the bus, or finds no room for another message to that core.
    /// </param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; <see cref="BusStatus.TooLong"/> or <see cref="BusStatus.InvalidLength"/>, the room stays
    /// reserved; <see cref="BusStatus.NoSuchCore"/>, <see cref="BusStatus.NotReserved"/> or <see cref="BusStatus.BrokenLink"/>.
    /// Unless it is Ok, nothing was sent.
    /// </returns>
    public BusStatus CommitTo(int core, int bytes, bool more = false)
    {
        Link* link = Find(_openOutgoing, core);
        if (link == null && (link = CheckedOutgoingTo(core)) == null)
        {
            return ExplainNoLink();
        }

        if ((uint)bytes > _messageBytes)
        {
            return bytes < 0 ? BusStatus.InvalidLength : BusStatus.TooLong;
        }

        if (!link->Sender.TryEndHold())
        {
            return ExplainNotReserved(link);
        }

        link->Sender.Fill((uint)bytes);
        if (!more)
        {
            FlushTo(core, link);
        }

        link->Sender.PrefetchNext((uint)bytes);

        return BusStatus.Ok;
    }

    /// <summary>Gives up the room that was reserved; nothing is sent.</summary>
    /// <param name="core">The receiver.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.NoSuchCore"/>, <see cref="BusStatus.NotReserved"/>,
    /// <see cref="BusStatus.BrokenLink"/> or <see cref="BusStatus.Closed"/>.
    /// </returns>
    public BusStatus CancelTo(int core)
    {
        Link* link = Find(_openOutgoing, core);
        if (link == null && (link = CheckedOutgoingTo(core)) == null)
        {
            return ExplainNoLink();
        }

        return link->Sender.TryEndHold() ? BusStatus.Ok : ExplainNotReserved(link);
    }

    /// <summary>
    /// Shows the oldest message of a core where it lies, waiting for one as long as it takes. It is valid until
    /// <see cref="ReleaseFrom"/>; asked again before that, the answer is the same. Until then, or
    /// <see cref="CancelFrom"/>, all other calls that receive from this core answer <see cref="BusStatus.Peeked"/>.
    /// </summary>
    /// <param name="core">The sender.</param>
    /// <param name="message">The message; empty unless the call is Ok. A bad sender can change it while it is read.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.NotReady"/>, <see cref="BusStatus.NoSuchCore"/> or
    /// <see cref="BusStatus.BrokenLink"/>.
    /// </returns>
    public BusStatus PeekFrom(int core, out ReadOnlySpan<byte> message) => Peek(core, TimeLimit.None, out message);

    /// <summary>As the blocking form, waiting up to a time limit.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="message">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>.</returns>
    public BusStatus PeekFrom(int core, ulong timeoutNs, out ReadOnlySpan<byte> message)
    {
        BusStatus status = Peek(core, timeoutNs, out message);
        return status == BusStatus.Empty ? BusStatus.TimedOut : status;
    }

    /// <summary>As the blocking form, if there is a message now.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="message">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.Empty"/>.</returns>
    public BusStatus TryPeekFrom(int core, out ReadOnlySpan<byte> message) => Peek(core, 0, out message);

    /// <summary>Takes the message that is peeked and gives its place back to the sender.</summary>
    /// <param name="core">The sender.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.NoSuchCore"/>, <see cref="BusStatus.NotPeeked"/>,
    /// <see cref="BusStatus.NotReady"/> or <see cref="BusStatus.BrokenLink"/>. Unless it is Ok, nothing was taken.
    /// </returns>
    public BusStatus ReleaseFrom(int core)
    {
        Link* link = Find(_openIncoming, core);
        if (link == null && (link = CheckedIncomingFrom(core)) == null)
        {
            return ExplainNoLink();
        }

        if (!link->Receiver.TryEndHold(out bool isLent))
        {
            return ExplainNotPeeked(link);
        }

        bool wake = link->Receiver.Release();
        if (isLent)
        {
            // The lender waits for exactly this one.
            wake |= link->Receiver.Flush();
        }

        if (wake)
        {
            _sleep.Wake(core);
        }

        return BusStatus.Ok;
    }

    /// <summary>Puts the message that is peeked back: it stays queued and is the oldest again.</summary>
    /// <param name="core">The sender.</param>
    /// <returns>As <see cref="ReleaseFrom"/>.</returns>
    public BusStatus CancelFrom(int core)
    {
        Link* link = Find(_openIncoming, core);
        if (link == null && (link = CheckedIncomingFrom(core)) == null)
        {
            return ExplainNoLink();
        }

        return link->Receiver.TryEndHold(out _) ? BusStatus.Ok : ExplainNotPeeked(link);
    }

    private static BusStatus ExplainNotPeeked(Link* link) => link->Receiver.Condition switch
    {
        QueueCondition.NotInitialized => BusStatus.NotReady,
        QueueCondition.Working => BusStatus.NotPeeked,
        _ => Explain(link->Receiver.Condition),
    };

    private static BusStatus ExplainNotReserved(Link* link) =>
        link->Sender.IsBroken ? Explain(link->Sender.Condition) : BusStatus.NotReserved;

    private BusStatus Reserve(int core, ulong timeoutNs, out Span<byte> room)
    {
        room = default;
        Link* link = Find(_openOutgoing, core);
        if (link == null && (link = CheckedOutgoingTo(core)) == null)
        {
            return ExplainNoLink();
        }

        byte* start;
        while (!link->Sender.TryReserve(out start))
        {
            BusStatus status = AwaitRoom(core, timeoutNs);
            if (status == BusStatus.Reserved)
            {
                room = new Span<byte>(link->Sender.Held, (int)_messageBytes);
                return BusStatus.Ok;
            }

            if (status != BusStatus.Ok)
            {
                return status;
            }
        }

        link->Sender.Hold();
        room = new Span<byte>(start, (int)_messageBytes);
        return BusStatus.Ok;
    }

    private BusStatus Peek(int core, ulong timeoutNs, out ReadOnlySpan<byte> message)
    {
        message = default;
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
            if (status == BusStatus.Peeked)
            {
                message = new ReadOnlySpan<byte>(link->Receiver.Held, (int)link->Receiver.HeldBytes);
                return BusStatus.Ok;
            }

            if (status != BusStatus.Ok)
            {
                return status;
            }
        }

        if (_guard != null && !IsIntact(core, link, data))
        {
            return BusStatus.BrokenLink;
        }

        bool isLent = bytes > _messageBytes;
        if (isLent && !OpenLoan(core, link, ref data, ref bytes))
        {
            return BusStatus.BrokenLink;
        }

        link->Receiver.Hold(data, bytes, isLent);
        message = new ReadOnlySpan<byte>(data, (int)bytes);
        return BusStatus.Ok;
    }
}

using System;
using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus;

/// <content>Receiving from whichever core has sent.</content>
public sealed unsafe partial class BusEndpoint
{
    /// <summary>The core whose message is looked for first.</summary>
    private int _first;

    /// <summary>
    /// Receives a message from any core, waiting for one as long as it takes. Cores take turns: after one was served,
    /// all others that have a message are, once each, before it is again; messages of one core keep their order.
    /// Links that are broken or closed, or of which a message is shown in place, are passed over.
    /// </summary>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <param name="core">The sender; -1 when there is none.</param>
    /// <returns>
    /// The length, which may be 0; or, when negative, the status negated: -<see cref="BusStatus.TooLong"/> (the message
    /// stays queued and is the next again), or when no link is left to wait for -<see cref="BusStatus.Peeked"/>, else
    /// -<see cref="BusStatus.Closed"/> and, when all are broken, -<see cref="BusStatus.BrokenLink"/>.
    /// </returns>
    public int RecvFromAny(Span<byte> buffer, out int core)
    {
        BusStatus status = ReceiveAny(buffer, NoLimit, out core, out int length);
        return status == BusStatus.Ok ? length : -(int)status;
    }

    /// <summary>Receives a message from any core, waiting for one up to a time limit.</summary>
    /// <param name="buffer">As in the blocking form.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="NoLimit"/> never ends.</param>
    /// <param name="core">As in the blocking form.</param>
    /// <param name="length">As in <see cref="TryRecvFrom"/>.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.TooLong"/> or <see cref="BusStatus.TimedOut"/>, or when no link is
    /// left to wait for <see cref="BusStatus.Peeked"/>, else <see cref="BusStatus.Closed"/> and, when all are broken,
    /// <see cref="BusStatus.BrokenLink"/>.
    /// </returns>
    public BusStatus RecvFromAny(Span<byte> buffer, ulong timeoutNs, out int core, out int length)
    {
        BusStatus status = ReceiveAny(buffer, timeoutNs, out core, out length);
        return status == BusStatus.Empty ? BusStatus.TimedOut : status;
    }

    /// <summary>Receives a message from any core if there is one now.</summary>
    /// <param name="buffer">As in the blocking form.</param>
    /// <param name="core">As in the blocking form.</param>
    /// <param name="length">As in <see cref="TryRecvFrom"/>.</param>
    /// <returns>As the form with a time limit, with <see cref="BusStatus.Empty"/> in place of TimedOut.</returns>
    public BusStatus TryRecvFromAny(Span<byte> buffer, out int core, out int length) =>
        ReceiveAny(buffer, 0, out core, out length);

    private BusStatus ReceiveAny(Span<byte> buffer, ulong timeoutNs, out int core, out int length)
    {
        AnyIncomingLink waitable = new(_links, Core, _cores);
        ulong deadline = 0;
        while (true)
        {
            BusStatus none = TakeTurns(buffer, out core, out length);
            if (none != BusStatus.Empty || timeoutNs == 0)
            {
                return none;
            }

            deadline = deadline == 0 ? _ticks.DeadlineAfter(timeoutNs) : deadline;
            BusStatus waited = Await(waitable, deadline);
            if (waited != BusStatus.Ok)
            {
                return waited;
            }
        }
    }

    private BusStatus TakeTurns(Span<byte> buffer, out int core, out int length)
    {
        BusStatus result = BusStatus.BrokenLink;
        for (int step = 0; step < _cores; step++)
        {
            core = Following(_first, step);
            if (core == Core)
            {
                continue;
            }

            BusStatus status = Receive(core, buffer, 0, out length);
            if (status is BusStatus.Ok or BusStatus.TooLong)
            {
                _first = status == BusStatus.Ok ? Following(core, 1) : core;
                return status;
            }

            // What leaves most to hope for counts: no message now, then a place that is held, then a link that is closed.
            if (result != BusStatus.Empty && status != BusStatus.BrokenLink
                && (result != BusStatus.Peeked || status == BusStatus.Empty))
            {
                result = status;
            }
        }

        core = -1;
        length = 0;
        return result;
    }
}

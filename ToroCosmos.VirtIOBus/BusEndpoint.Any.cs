using System;
using ToroCosmos.Platform;
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
    /// Links that are broken, closed or not initialized, or of which a message is peeked in place, are passed over.
    /// </summary>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <param name="core">The sender; -1 when there is none.</param>
    /// <param name="length">The length of the message, which may be 0; 0 when there is none.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; <see cref="BusStatus.TooLong"/> when the message is longer than the buffer: it stays
    /// queued and is the next again, and <paramref name="length"/> says how much it needs. When no link is left to wait
    /// for, <see cref="BusStatus.Peeked"/> if a message of one is peeked, else <see cref="BusStatus.NotReady"/> if one is
    /// not initialized, else <see cref="BusStatus.Closed"/> if one is that, else <see cref="BusStatus.BrokenLink"/>; on a bus of one core <see cref="BusStatus.NoSuchCore"/>.
    /// </returns>
    public BusStatus RecvFromAny(Span<byte> buffer, out int core, out int length) =>
        ReceiveAny(buffer, TimeLimit.None, out core, out length);

    /// <summary>Receives a message from any core, waiting for one up to a time limit.</summary>
    /// <param name="buffer">As in the blocking form.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="core">As in the blocking form.</param>
    /// <param name="length">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>.</returns>
    public BusStatus RecvFromAny(Span<byte> buffer, ulong timeoutNs, out int core, out int length)
    {
        BusStatus status = ReceiveAny(buffer, timeoutNs, out core, out length);
        return status == BusStatus.Empty ? BusStatus.TimedOut : status;
    }

    /// <summary>Receives a message from any core if there is one now.</summary>
    /// <param name="buffer">As in the blocking form.</param>
    /// <param name="core">As in the blocking form.</param>
    /// <param name="length">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.Empty"/>.</returns>
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

            if (status == BusStatus.Empty)
            {
                result = status;
            }
            else if (result != BusStatus.Empty)
            {
                result = MoreHopeful(result, status);
            }
        }

        core = -1;
        length = 0;
        return _cores == 1 ? ExplainNoLink() : result;
    }

    /// <summary>Of two reasons why nothing can come over a link, the one that is easier to change.</summary>
    private static BusStatus MoreHopeful(BusStatus one, BusStatus other) =>
        other == BusStatus.BrokenLink || one == BusStatus.Peeked || (other == BusStatus.Closed && one != BusStatus.BrokenLink)
            ? one
            : other;
}

using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus;

/// <content>The forms of sending many messages to one core, and one message to all cores or none.</content>
public sealed unsafe partial class BusEndpoint
{
    /// <summary>
    /// Sends messages of one length, of which the receiver is notified a queue's worth at a time, and waits for room as
    /// long as it takes.
    /// </summary>
    /// <param name="core">The receiver.</param>
    /// <param name="messages">The messages one after the other, which are copied.</param>
    /// <param name="messageBytes">
    /// Length of each, 1 to <see cref="BusOptions.BufferSize"/> bytes, of which the whole is a multiple.
    /// </param>
    /// <param name="sent">How many were sent, from the first on: all when the call is Ok.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.TooLong"/>, <see cref="BusStatus.InvalidLength"/>,
    /// <see cref="BusStatus.Reserved"/>, <see cref="BusStatus.NoSuchCore"/> or <see cref="BusStatus.BrokenLink"/>: then the
    /// last of those that were sent may not have arrived.
    /// </returns>
    public BusStatus SendBatchTo(int core, ReadOnlySpan<byte> messages, int messageBytes, out int sent) =>
        SendBatch(core, messages, messageBytes, TimeLimit.None, out sent);

    /// <summary>As the blocking form, sending as many as there is room for within a time limit.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="messages">As in the blocking form.</param>
    /// <param name="messageBytes">As in the blocking form.</param>
    /// <param name="timeoutNs">
    /// The limit of all waiting together, in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.
    /// </param>
    /// <param name="sent">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>: the others were not sent.</returns>
    public BusStatus SendBatchTo(int core, ReadOnlySpan<byte> messages, int messageBytes, ulong timeoutNs, out int sent) =>
        Timed(SendBatch(core, messages, messageBytes, _ticks.DeadlineAfter(timeoutNs), out sent));

    /// <summary>As the blocking form, sending as many as there is room for now.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="messages">As in the blocking form.</param>
    /// <param name="messageBytes">As in the blocking form.</param>
    /// <param name="sent">As in the blocking form.</param>
    /// <returns>
    /// As the blocking form, or <see cref="BusStatus.Full"/> or <see cref="BusStatus.NotReady"/>: the others were not sent.
    /// </returns>
    public BusStatus TrySendBatchTo(int core, ReadOnlySpan<byte> messages, int messageBytes, out int sent) =>
        SendBatch(core, messages, messageBytes, 0, out sent);

    /// <summary>
    /// Sends a message to every other core, or to none: waits up to a time limit until all links that work have room.
    /// </summary>
    /// <param name="buffer">As in the blocking form.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>: nothing was sent.</returns>
    public BusStatus Broadcast(ReadOnlySpan<byte> buffer, ulong timeoutNs) =>
        Timed(BroadcastToAllOrNone(buffer, _ticks.DeadlineAfter(timeoutNs)));

    /// <summary>Sends a message to every other core, or to none, if all links that work have room now.</summary>
    /// <param name="buffer">As in the blocking form.</param>
    /// <returns>
    /// As the blocking form, or <see cref="BusStatus.Full"/> or <see cref="BusStatus.NotReady"/>: nothing was sent.
    /// </returns>
    public BusStatus TryBroadcast(ReadOnlySpan<byte> buffer) => BroadcastToAllOrNone(buffer, 0);

    /// <summary>Fills messages of one length, one after the other, as long as there is room.</summary>
    /// <returns>How many bytes they have.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint FillBatch(Link* link, byte* messages, uint bytes, uint messageBytes)
    {
        uint filled = 0;
        while (filled < bytes && link->Sender.TryReserve(out byte* room))
        {
            MemoryCopy.Copy(room, messages + filled, messageBytes);
            link->Sender.Fill(messageBytes);
            filled += messageBytes;
        }

        return filled;
    }

    /// <summary>
    /// Waits until every link that works has room, which then stays, because nobody else uses it up, and sends.
    /// </summary>
    private BusStatus BroadcastToAllOrNone(ReadOnlySpan<byte> buffer, ulong deadline)
    {
        BusStatus refused = ExplainNoBroadcast(buffer);
        if (refused != BusStatus.Ok)
        {
            return refused;
        }

        for (int step = 1; step < _cores; step++)
        {
            BusStatus status = AwaitRoomUntil(Following(Core, step), deadline);
            if (status is BusStatus.Full or BusStatus.NotReady or BusStatus.Cancelled)
            {
                return status;
            }
        }

        return SendToAll(buffer);
    }
}

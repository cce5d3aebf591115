using System;
using System.Threading;
using System.Threading.Tasks;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Tasks;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.VirtIOBus;

/// <summary>The bus in asynchronous code: in a <see cref="CoreLoop"/> of the endpoint's core.</summary>
public static class BusTasks
{
    /// <summary>As <see cref="BusEndpoint.RecvFrom(int, Span{byte}, ulong, out int)"/>; others run meanwhile.</summary>
    /// <param name="endpoint">This core's end of the bus.</param>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the message.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="cancellation">Ends the wait; no message is lost by it.</param>
    /// <returns>The status and the length, as the blocking form.</returns>
    /// <exception cref="InvalidOperationException">The caller is in no loop, or in that of another core.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<(BusStatus Status, int Length)> RecvFromAsync(
        this BusEndpoint endpoint, int core, Memory<byte> buffer, ulong timeoutNs = TimeLimit.None, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ulong deadline = TickScale.OfClock.DeadlineAfter(timeoutNs);
        while (true)
        {
            BusStatus status = endpoint.TryRecvFrom(core, buffer.Span, out int length);
            if (status != BusStatus.Empty || endpoint.MessagesFrom(core) is not WaitSource messages)
            {
                return (status, length);
            }

            if (!await CoreLoop.WaitAsync(messages, deadline, cancellation))
            {
                return (BusStatus.TimedOut, 0);
            }
        }
    }

    /// <summary>As <see cref="BusEndpoint.RecvFromAny(Span{byte}, ulong, out int, out int)"/>; others run meanwhile.</summary>
    /// <param name="endpoint">This core's end of the bus.</param>
    /// <param name="buffer">Where to put the message.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="cancellation">Ends the wait; no message is lost by it.</param>
    /// <returns>The status, the sender and the length, as the blocking form.</returns>
    /// <exception cref="InvalidOperationException">The caller is in no loop, or in that of another core.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<(BusStatus Status, int Core, int Length)> RecvFromAnyAsync(
        this BusEndpoint endpoint, Memory<byte> buffer, ulong timeoutNs = TimeLimit.None, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ulong deadline = TickScale.OfClock.DeadlineAfter(timeoutNs);
        while (true)
        {
            BusStatus status = endpoint.TryRecvFromAny(buffer.Span, out int core, out int length);
            if (status != BusStatus.Empty)
            {
                return (status, core, length);
            }

            if (!await CoreLoop.WaitAsync(endpoint.MessagesFromAny, deadline, cancellation))
            {
                return (BusStatus.TimedOut, core, 0);
            }
        }
    }

    /// <summary>As <see cref="BusEndpoint.SendTo(int, ReadOnlySpan{byte}, ulong)"/>; others run while it waits for room.</summary>
    /// <param name="endpoint">This core's end of the bus.</param>
    /// <param name="core">The receiver.</param>
    /// <param name="message">The message.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="cancellation">Ends the wait; the message is then not sent.</param>
    /// <returns>The status, as the blocking form.</returns>
    /// <exception cref="InvalidOperationException">The caller is in no loop, or in that of another core.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<BusStatus> SendToAsync(
        this BusEndpoint endpoint, int core, ReadOnlyMemory<byte> message, ulong timeoutNs = TimeLimit.None, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ulong deadline = TickScale.OfClock.DeadlineAfter(timeoutNs);
        while (true)
        {
            BusStatus status = endpoint.TrySendTo(core, message.Span);
            if (status != BusStatus.Full || endpoint.RoomTo(core) is not WaitSource room)
            {
                return status;
            }

            if (!await CoreLoop.WaitAsync(room, deadline, cancellation))
            {
                return BusStatus.TimedOut;
            }
        }
    }
}

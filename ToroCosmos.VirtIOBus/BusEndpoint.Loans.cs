using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Memory;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus;

/// <content>
/// Messages of any length, copied once: the sender lends its memory, and the receiver copies, or reads, straight from
/// there. The buffer that carried the reference comes back when the receiver is done.
/// </content>
public sealed unsafe partial class BusEndpoint
{
    /// <summary>
    /// Sends a message of any length with a single copy, straight from this core's memory into the receiver's, and
    /// waits until it is taken. It keeps its place among the messages of the link and is received like any other.
    /// </summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message, which may be empty. Nothing may write to it before the call returns.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.NoSuchCore"/>, <see cref="BusStatus.NotLendable"/>,
    /// <see cref="BusStatus.BrokenLink"/>, <see cref="BusStatus.Closed"/> or <see cref="BusStatus.Cancelled"/>. Unless it is
    /// Ok, it is not known whether the message was received, nor, unless the receiver has closed its end, whether it still
    /// reads the buffer: to be able to wait for that, lend.
    /// </returns>
    public BusStatus SendLargeTo(int core, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* memory = buffer)
        {
            BusStatus status = Lend(core, memory, buffer.Length, NoLimit, out BusLoan loan);
            return status == BusStatus.Ok ? AwaitReturn(loan, NoLimit) : status;
        }
    }

    /// <summary>Begins to send a message of any length with a single copy, if there is room now.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="memory">
    /// The message, which stays where it is and as it is until <see cref="AwaitReturn"/> says Ok.
    /// </param>
    /// <param name="bytes">Its length; of a message of no bytes <paramref name="memory"/> does not matter.</param>
    /// <param name="loan">What to wait for; no loan unless the call is Ok.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.Full"/>, <see cref="BusStatus.TooLong"/> when the length is
    /// negative, <see cref="BusStatus.NoSuchCore"/>, <see cref="BusStatus.NotLendable"/>,
    /// <see cref="BusStatus.BrokenLink"/> or <see cref="BusStatus.Closed"/>.
    /// </returns>
    public BusStatus TryLendTo(int core, byte* memory, int bytes, out BusLoan loan) =>
        Lend(core, memory, bytes, 0, out loan);

    /// <summary>Waits until a receiver has taken a lent message, so that its memory is the sender's again.</summary>
    /// <param name="loan">The loan; one of the last 2^31 messages to that core.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="NoLimit"/> never ends.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; <see cref="BusStatus.TimedOut"/> or <see cref="BusStatus.Cancelled"/>, the memory is
    /// still lent;
    /// <see cref="BusStatus.NoSuchCore"/> when it is no loan; <see cref="BusStatus.Closed"/>: the receiver has closed its
    /// end and reads it no more, but may not have; or <see cref="BusStatus.BrokenLink"/>: the receiver may still read it,
    /// until both ends have reset the link, after which the call answers Ok.
    /// </returns>
    public BusStatus AwaitReturn(BusLoan loan, ulong timeoutNs)
    {
        Link* link = OutgoingTo(loan.Core);
        if (link == null)
        {
            return BusStatus.NoSuchCore;
        }

        LentLink waitable = new(link, loan.Generation, loan.Message);
        ulong deadline = 0;
        while (true)
        {
            // In this order: a receiver that leaves the link says so after all that it has given back.
            uint receiver = RingMemory.Load(&link->ReceiverState);
            if (waitable.IsReturned())
            {
                return BusStatus.Ok;
            }

            if (EndState.Of(receiver) == EndState.Closed)
            {
                return BusStatus.Closed;
            }

            if (!waitable.IsOfEarlierQueue
                && (receiver != (loan.Generation | EndState.Ready) || !waitable.IsIntact))
            {
                _ = ExplainNoRoom(loan.Core, link);
                return BusStatus.BrokenLink;
            }

            if (timeoutNs == 0)
            {
                return BusStatus.TimedOut;
            }

            deadline = deadline == 0 ? _ticks.DeadlineAfter(timeoutNs) : deadline;
            BusStatus waited = Await(waitable, deadline);
            if (waited != BusStatus.Ok)
            {
                return waited;
            }
        }
    }

    private BusStatus Lend(int core, byte* memory, int bytes, ulong timeoutNs, out BusLoan loan)
    {
        loan = default;
        Link* link = OutgoingTo(core);
        if (link == null || bytes < 0)
        {
            return link == null ? BusStatus.NoSuchCore : BusStatus.TooLong;
        }

        // A message of no bytes refers to no memory.
        if (_lendable == null || (bytes != 0 && !_lendable.Contains(memory, (uint)bytes)))
        {
            return BusStatus.NotLendable;
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

        // What marks a loan is a buffer used to its end. A device writes as many bytes as it says, from the buffer's
        // beginning (VirtIO 1.2, Device Requirements: The Virtqueue Used Ring).
        MemoryCopy.Clear(room, _messageBytes);
        LoanReference.Write(room + _messageBytes, memory, (uint)bytes);
        loan = new BusLoan(core, link->SenderRecord.Generation, link->Sender.Filled);
        if (link->Sender.Commit(_links.BufferBytes))
        {
            WakeReceiver(core, link);
        }

        return BusStatus.Ok;
    }

    /// <summary>Goes from a buffer that is used beyond a message to what it refers to.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="link">The link from it.</param>
    /// <param name="data">The buffer, then the message.</param>
    /// <param name="bytes">How much of the buffer is used, then the message's length.</param>
    /// <returns>False when it cannot be believed: the link is broken.</returns>
    private bool OpenLoan(int core, Link* link, ref byte* data, ref uint bytes)
    {
        QueueCondition reason = QueueCondition.UsedLengthTooLong;
        if (bytes == _links.BufferBytes)
        {
            reason = QueueCondition.BadReference;
            if (_lendable != null && LoanReference.TryRead(data + _messageBytes, _lendable, out data, out bytes))
            {
                return true;
            }
        }

        BreakIncoming(core, link, reason);
        return false;
    }

    /// <summary>Receives the oldest message, which is a lent one, from what <see cref="OpenLoan"/> is given.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BusStatus ReceiveLoan(int core, Link* link, byte* data, uint bytes, Span<byte> buffer, out int length)
    {
        length = 0;
        if (!OpenLoan(core, link, ref data, ref bytes))
        {
            return BusStatus.BrokenLink;
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

        // The lender waits for exactly this one.
        if (link->Receiver.Release() | link->Receiver.Flush())
        {
            WakeSender(core, link);
        }

        return BusStatus.Ok;
    }
}

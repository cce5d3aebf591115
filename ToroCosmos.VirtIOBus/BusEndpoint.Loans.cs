using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
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
    /// waits until it is taken. It keeps its place among the messages of the link and is received like any other. Two
    /// cores that call this to each other wait for ever: use another form on one side.
    /// </summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message, which may be empty. Nothing may write to it before the call returns.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.NotLendable"/>, <see cref="BusStatus.Reserved"/>,
    /// <see cref="BusStatus.NoSuchCore"/> or <see cref="BusStatus.BrokenLink"/>: then it is not known whether the message
    /// was received.
    /// </returns>
    public BusStatus SendLargeTo(int core, ReadOnlySpan<byte> buffer) => SendLarge(core, buffer, TimeLimit.None, out _);

    /// <summary>As the blocking form, waiting for room and until the message is taken up to a time limit.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">
    /// The message, which may be empty. With <see cref="BusStatus.StillLent"/> it must stay where it is and as it is until
    /// the loan is returned; a collector that moves objects must be kept from moving it.
    /// </param>
    /// <param name="timeoutNs">
    /// The limit of all waiting together, in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.
    /// </param>
    /// <param name="loan">
    /// What to wait for with <see cref="BusStatus.StillLent"/>. With <see cref="BusStatus.BrokenLink"/> and
    /// <see cref="BusStatus.Cancelled"/> a loan says that the receiver may still read the message. Otherwise no loan.
    /// </param>
    /// <returns>
    /// As the blocking form, or <see cref="BusStatus.TimedOut"/> when nothing was sent, or
    /// <see cref="BusStatus.StillLent"/> when the message is on its way and was not taken in time.
    /// </returns>
    public BusStatus SendLargeTo(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs, out BusLoan loan) =>
        Timed(SendLarge(core, buffer, _ticks.DeadlineAfter(timeoutNs), out loan));

    /// <summary>As the blocking form, if there is room now, and without waiting until the message is taken.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">As in the form with a time limit.</param>
    /// <param name="loan">As in the form with a time limit.</param>
    /// <returns>
    /// As the form with a time limit, with <see cref="BusStatus.Full"/> or <see cref="BusStatus.NotReady"/> in place of
    /// TimedOut.
    /// </returns>
    public BusStatus TrySendLargeTo(int core, ReadOnlySpan<byte> buffer, out BusLoan loan) =>
        SendLarge(core, buffer, 0, out loan);

    /// <summary>
    /// Begins to send a message of any length with a single copy, waiting for room as long as it takes, but not until it
    /// is taken.
    /// </summary>
    /// <param name="core">The receiver.</param>
    /// <param name="memory">
    /// The message, which stays where it is and as it is until <see cref="AwaitReturn(BusLoan)"/> says Ok.
    /// </param>
    /// <param name="bytes">Its length; of a message of no bytes <paramref name="memory"/> does not matter.</param>
    /// <param name="loan">What to wait for; no loan unless the call is Ok.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.InvalidLength"/> when the length is negative,
    /// <see cref="BusStatus.NotLendable"/>, <see cref="BusStatus.Reserved"/>, <see cref="BusStatus.NoSuchCore"/> or
    /// <see cref="BusStatus.BrokenLink"/>. Unless it is Ok, nothing was sent.
    /// </returns>
    public BusStatus LendTo(int core, byte* memory, int bytes, out BusLoan loan) =>
        Lend(core, memory, bytes, TimeLimit.None, out loan);

    /// <summary>As the blocking form, waiting for room up to a time limit.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="memory">As in the blocking form.</param>
    /// <param name="bytes">As in the blocking form.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="loan">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>.</returns>
    public BusStatus LendTo(int core, byte* memory, int bytes, ulong timeoutNs, out BusLoan loan) =>
        Timed(Lend(core, memory, bytes, _ticks.DeadlineAfter(timeoutNs), out loan));

    /// <summary>As the blocking form, if there is room now.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="memory">As in the blocking form.</param>
    /// <param name="bytes">As in the blocking form.</param>
    /// <param name="loan">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.Full"/> or <see cref="BusStatus.NotReady"/>.</returns>
    public BusStatus TryLendTo(int core, byte* memory, int bytes, out BusLoan loan) =>
        Lend(core, memory, bytes, 0, out loan);

    /// <summary>
    /// Waits until a receiver has taken a lent message, so that its memory is the sender's again, as long as it takes.
    /// </summary>
    /// <param name="loan">The loan; one of the last 2^31 messages to that core.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; <see cref="BusStatus.NotLent"/> when it is no loan of this endpoint; or
    /// <see cref="BusStatus.BrokenLink"/>: the receiver may still read the memory, until both ends have reset the link, after
    /// which the call answers Ok. With <see cref="BusStatus.Closed"/> the receiver has closed its end and reads it no more,
    /// but may not have; with <see cref="BusStatus.Cancelled"/> it is still lent.
    /// </returns>
    public BusStatus AwaitReturn(BusLoan loan) => AwaitReturnUntil(loan, TimeLimit.None);

    /// <summary>As the blocking form, up to a time limit.</summary>
    /// <param name="loan">As in the blocking form.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 looks once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.StillLent"/>.</returns>
    public BusStatus AwaitReturn(BusLoan loan, ulong timeoutNs) => AwaitReturnUntil(loan, _ticks.DeadlineAfter(timeoutNs));

    /// <summary>As the blocking form, looking once.</summary>
    /// <param name="loan">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.StillLent"/>.</returns>
    public BusStatus TryAwaitReturn(BusLoan loan) => AwaitReturnUntil(loan, 0);

    private BusStatus SendLarge(int core, ReadOnlySpan<byte> buffer, ulong deadline, out BusLoan loan)
    {
        fixed (byte* memory = buffer)
        {
            BusStatus status = Lend(core, memory, buffer.Length, deadline, out loan);
            if (status != BusStatus.Ok)
            {
                return status;
            }

            status = AwaitReturnUntil(loan, deadline);
            if (status is BusStatus.Ok or BusStatus.Closed)
            {
                loan = default;
            }

            return status;
        }
    }

    private BusStatus Lend(int core, byte* memory, int bytes, ulong deadline, out BusLoan loan)
    {
        loan = default;
        Link* link = Find(_openOutgoing, core);
        if (link == null && (link = CheckedOutgoingTo(core)) == null)
        {
            return ExplainNoLink();
        }

        if (bytes < 0)
        {
            return BusStatus.InvalidLength;
        }

        // A message of no bytes refers to no memory.
        if (_lendable == null || (bytes != 0 && !_lendable.Contains(memory, (uint)bytes)))
        {
            return BusStatus.NotLendable;
        }

        byte* room;
        while (!link->Sender.TryReserve(out room))
        {
            BusStatus status = AwaitRoomUntil(core, deadline);
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
            _sleep.Wake(core);
        }

        return BusStatus.Ok;
    }

    private BusStatus AwaitReturnUntil(BusLoan loan, ulong deadline)
    {
        BusStatus found = Find(loan, out LentLink waitable);
        if (found != BusStatus.Ok)
        {
            return found;
        }

        Link* link = OutgoingTo(loan.Core);
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

            BusStatus waited = deadline == 0 ? BusStatus.TimedOut : Await(waitable, deadline);
            if (waited != BusStatus.Ok)
            {
                return waited == BusStatus.Cancelled ? waited : BusStatus.StillLent;
            }
        }
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

        MemoryCopy.Copy(buffer, data, bytes);

        // The lender waits for exactly this one.
        if (link->Receiver.Release() | link->Receiver.Flush())
        {
            _sleep.Wake(core);
        }

        return BusStatus.Ok;
    }
}

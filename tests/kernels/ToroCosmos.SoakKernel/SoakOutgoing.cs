using System;
using System.Runtime.InteropServices;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.SoakKernel;

/// <summary>The messages that one core sends to another: copied, made in place, or lent when they are long.</summary>
internal sealed unsafe class SoakOutgoing
{
    // Messages are counted from 0; at this one all cores are at work.
    private const uint FirstFaulty = 100;

    private readonly BusEndpoint _end;
    private readonly int _peer;
    private readonly SoakMessages _messages;
    private readonly byte* _lent;
    private BusLoan _loan;
    private bool _isLent;

    public SoakOutgoing(BusEndpoint end, int peer, SoakMessages messages)
    {
        _end = end;
        _peer = peer;
        _messages = messages;
        _lent = (byte*)NativeMemory.Alloc(SoakMessages.MaximumBytes);
    }

    /// <summary>How many messages were sent.</summary>
    public uint Sent { get; private set; }

    /// <summary>Sends the next message.</summary>
    /// <param name="isInPlace">Whether it is made in the bus's memory, if it is no longer than what is copied.</param>
    /// <param name="more">Whether another follows at once; of a message made in place.</param>
    /// <param name="timeoutNs">How long to wait for room; 0 not at all.</param>
    /// <param name="fault">What to do wrong; becomes None when it was done.</param>
    /// <returns>Ok, or <see cref="BusStatus.TimedOut"/>; anything else is a defect.</returns>
    public BusStatus Send(bool isInPlace, bool more, ulong timeoutNs, ref SoakFault fault)
    {
        int length = _messages.Length(Sent);
        SoakFault now = Sent >= FirstFaulty && length is >= SoakHeader.Bytes and <= SoakMessages.MaximumCopiedBytes
            ? fault
            : SoakFault.None;
        BusStatus status;
        if (now == SoakFault.Lose)
        {
            status = BusStatus.Ok;
        }
        else if (length > SoakMessages.MaximumCopiedBytes)
        {
            status = Lend(timeoutNs, length);
        }
        else if (isInPlace && now == SoakFault.None)
        {
            status = MakeInPlace(timeoutNs, length, more);
        }
        else
        {
            status = Copy(timeoutNs, length, now);
        }

        if (status == BusStatus.Ok)
        {
            Sent++;
            fault = now == SoakFault.None ? fault : SoakFault.None;
        }

        return status;
    }

    private BusStatus Copy(ulong timeoutNs, int length, SoakFault fault)
    {
        byte* message = stackalloc byte[SoakMessages.MaximumCopiedBytes];
        _messages.Write(Sent, message);
        if (fault == SoakFault.Corrupt)
        {
            message[length - 1] ^= 0x40;
        }

        var span = new ReadOnlySpan<byte>(message, length);
        BusStatus status = _end.SendTo(_peer, span, timeoutNs);
        return fault == SoakFault.Repeat && status == BusStatus.Ok ? _end.SendTo(_peer, span) : status;
    }

    private BusStatus MakeInPlace(ulong timeoutNs, int length, bool more)
    {
        BusStatus status = _end.ReserveTo(_peer, timeoutNs, out Span<byte> room);
        if (status != BusStatus.Ok)
        {
            return status;
        }

        fixed (byte* message = room)
        {
            _messages.Write(Sent, message);
        }

        return _end.CommitTo(_peer, length, more);
    }

    private BusStatus Lend(ulong timeoutNs, int length)
    {
        if (_isLent)
        {
            BusStatus status = _end.AwaitReturn(_loan, timeoutNs);
            if (status != BusStatus.Ok)
            {
                return status == BusStatus.StillLent ? BusStatus.TimedOut : status;
            }

            _isLent = false;
        }

        _messages.Write(Sent, _lent);
        BusStatus lending = _end.LendTo(_peer, _lent, length, timeoutNs, out _loan);
        _isLent = lending == BusStatus.Ok;
        return lending;
    }
}

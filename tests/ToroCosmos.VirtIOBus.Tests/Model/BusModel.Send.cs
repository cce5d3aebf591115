using System;
using System.Linq;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Model;

/// <content>What a sender does.</content>
internal sealed unsafe partial class BusModel
{
    /// <summary>Buffers are given back a quarter of the queue at a time; on the rest a sender can count.</summary>
    private int CertainRoom => _case.QueueSize - Math.Max(1, _case.QueueSize / 4) + 1;

    private void Send(BusEndpoint end, BusCommand command, byte[] message, LinkModel? link)
    {
        bool isFitting = message.Length <= _case.BufferSize;
        CallForm form = Form(command.Form, link == null || !isFitting || IsCertainNotToWait(link, 1));
        BusStatus status = form switch
        {
            CallForm.Blocking => end.SendTo(command.Peer, message),
            CallForm.Try => end.TrySendTo(command.Peer, message),
            _ => end.SendTo(command.Peer, message, Moment),
        };
        if (link == null || !isFitting)
        {
            Assert.Equal(link == null ? BusStatus.NoSuchCore : BusStatus.TooLong, status);
        }
        else if (HasFoundRoom(status, form, link))
        {
            Enqueue(link, message);
        }

        FlushIfTimedOut(end, status);
    }

    private void SendBatch(BusEndpoint end, BusCommand command, LinkModel? link)
    {
        int length = 1 + (command.Length % _case.BufferSize);
        byte[][] messages = [.. Enumerable.Range(0, command.Length % 5).Select(_ => Message(length))];
        byte[] batch = [.. messages.SelectMany(message => message)];
        CallForm form = Form(command.Form, link == null || IsCertainNotToWait(link, messages.Length));
        int sent;
        BusStatus status = form switch
        {
            CallForm.Blocking => end.SendBatchTo(command.Peer, batch, length, out sent),
            CallForm.Try => end.TrySendBatchTo(command.Peer, batch, length, out sent),
            _ => end.SendBatchTo(command.Peer, batch, length, Moment, out sent),
        };
        if (link == null || messages.Length == 0)
        {
            Assert.Equal((link == null ? BusStatus.NoSuchCore : BusStatus.Ok, 0), (status, sent));
            link?.Publish();
            return;
        }

        Assert.Equal(status == BusStatus.Ok, sent == messages.Length);
        if (sent > 0)
        {
            Assert.InRange(link.Outstanding + sent, 1, _case.QueueSize);
            Assert.True(link.IsInitialized && !link.IsSenderGone && link.Room == null);
            Enqueue(link, messages[..sent]);
        }

        if (status != BusStatus.Ok)
        {
            // The next one would not have found room either.
            HasFoundRoom(status, form, link);
        }

        FlushIfTimedOut(end, status);
    }

    private void Broadcast(BusEndpoint end, CallForm wanted, byte[] message)
    {
        (int Core, LinkModel Link)[] links = [.. Others(end.Core).Select(core => (core, _links[end.Core, core]))];
        bool isReserved = links.Any(other => other.Link.Room != null);
        bool isFitting = message.Length <= _case.BufferSize;
        CallForm form = Form(wanted, !isFitting || isReserved || links.All(other => IsCertainNotToWait(other.Link, 1)));
        BusStatus status = form switch
        {
            CallForm.Blocking => end.Broadcast(message),
            CallForm.Try => end.TryBroadcast(message),
            _ => end.Broadcast(message, Moment),
        };
        if (!isFitting || isReserved)
        {
            Assert.Equal(!isFitting ? BusStatus.TooLong : BusStatus.Reserved, status);
            return;
        }

        foreach ((int core, LinkModel link) in links.Where(other => other.Link.IsReceiverGone))
        {
            // It may have learnt of it, or seen room before.
            if (_bus.Links.Find(end.Core, core)->Sender.IsBroken)
            {
                link.BreakAsSender();
            }
        }

        (int Core, LinkModel Link)[] working = [.. links.Where(other => !other.Link.IsSenderGone)];
        if (status is BusStatus.Ok or BusStatus.BrokenLink)
        {
            Assert.Equal(working.Length == links.Length ? BusStatus.Ok : BusStatus.BrokenLink, status);
            foreach ((_, LinkModel link) in working)
            {
                Assert.True(link.IsInitialized && link.Outstanding < _case.QueueSize);
                Enqueue(link, message);
            }

            return;
        }

        Assert.Contains(working, other => MayLackRoom(other.Link) && status == NoRoom(other.Link, form));
        FlushIfTimedOut(end, status);
        foreach ((int core, LinkModel link) in working.Where(other => MayLackRoom(other.Link) && other.Link.IsInitialized))
        {
            // One of those that are full, which the model does not know, shows what was kept back.
            Link* real = _bus.Links.Find(end.Core, core);
            if (*_bus.Links.Queue(real).UsedIndex == (ushort)real->Sender.Filled)
            {
                link.Publish();
            }
        }
    }

    private void Reserve(BusEndpoint end, BusCommand command, LinkModel? link)
    {
        CallForm form = Form(command.Form, link == null || IsCertainNotToWait(link, 1));
        Span<byte> room;
        BusStatus status = form switch
        {
            CallForm.Blocking => end.ReserveTo(command.Peer, out room),
            CallForm.Try => end.TryReserveTo(command.Peer, out room),
            _ => end.ReserveTo(command.Peer, Moment, out room),
        };
        Assert.Equal(status == BusStatus.Ok ? _case.BufferSize : 0, room.Length);
        fixed (byte* start = room)
        {
            if (link == null)
            {
                Assert.Equal(BusStatus.NoSuchCore, status);
            }
            else if (link.Room != null && status == BusStatus.Ok)
            {
                Assert.Equal((nint)link.Room, (nint)start);
            }
            else if (HasFoundRoom(status, form, link))
            {
                link.Room = start;
            }
        }

        FlushIfTimedOut(end, status);
    }

    private void Commit(BusEndpoint end, int peer, byte[] message, bool more, LinkModel? link)
    {
        bool isFitting = message.Length <= _case.BufferSize;
        if (link != null && link.Room != null && isFitting)
        {
            message.CopyTo(new Span<byte>(link.Room, message.Length));
        }

        BusStatus status = end.CommitTo(peer, message.Length, more);
        if (link != null && !isFitting)
        {
            Assert.Equal(BusStatus.TooLong, status);
        }
        else if (EndReserved(status, link))
        {
            link!.Kept.Enqueue(message);
            if (!more)
            {
                link.Publish();
            }
        }
    }

    /// <summary>Checks what a call says that ends a reservation, and whether there was one.</summary>
    private static bool EndReserved(BusStatus status, LinkModel? link)
    {
        bool wasReserved = link != null && link.Room != null;
        BusStatus none = link is { IsSenderGone: true } ? BusStatus.BrokenLink : BusStatus.NotReserved;
        Assert.Equal(link == null ? BusStatus.NoSuchCore : wasReserved ? BusStatus.Ok : none, status);
        if (wasReserved)
        {
            link!.Room = null;
        }

        return wasReserved;
    }

    private void Lend(BusEndpoint end, BusCommand command, byte[] message, LinkModel? link)
    {
        if (!TryWrite(message, out byte* memory))
        {
            return;
        }

        CallForm form = Form(command.Form, link == null || IsCertainNotToWait(link, 1));
        BusLoan loan;
        BusStatus status = form switch
        {
            CallForm.Blocking => end.LendTo(command.Peer, memory, message.Length, out loan),
            CallForm.Try => end.TryLendTo(command.Peer, memory, message.Length, out loan),
            _ => end.LendTo(command.Peer, memory, message.Length, Moment, out loan),
        };
        Assert.Equal(status == BusStatus.Ok, loan != default);
        if (link == null)
        {
            Assert.Equal(BusStatus.NoSuchCore, status);
        }
        else if (HasFoundRoom(status, form, link))
        {
            Enqueue(link, message);
            link.Lent.Add((loan, message));
        }

        FlushIfTimedOut(end, status);
    }

    /// <summary>Nobody takes the message before the call has returned, so it is never Ok.</summary>
    private void SendLarge(BusEndpoint end, BusCommand command, byte[] message, LinkModel? link)
    {
        if (!TryWrite(message, out byte* memory))
        {
            return;
        }

        CallForm form = Form(command.Form, isCertainNotToWait: false);
        ReadOnlySpan<byte> buffer = new(memory, message.Length);
        BusLoan loan;
        BusStatus status = form == CallForm.Try
            ? end.TrySendLargeTo(command.Peer, buffer, out loan)
            : end.SendLargeTo(command.Peer, buffer, Moment, out loan);
        if (link == null)
        {
            Assert.Equal((BusStatus.NoSuchCore, default), (status, loan));
            return;
        }

        if (loan != default)
        {
            // It was sent, whatever came of it.
            Assert.Equal(link.IsReceiverGone ? BusStatus.BrokenLink : BusStatus.StillLent, status);
            Assert.True(HasFoundRoom(BusStatus.Ok, form, link));
            Enqueue(link, message);
            link.Lent.Add((loan, message));
            if (status == BusStatus.BrokenLink)
            {
                link.BreakAsSender();
            }
            else if (form == CallForm.Timed)
            {
                Flush(end.Core);
            }

            return;
        }

        Assert.False(HasFoundRoom(status, form, link));
        FlushIfTimedOut(end, status);
    }

    private void AskForLoans(BusEndpoint end, CallForm wanted, LinkModel? link)
    {
        if (link == null)
        {
            Assert.Equal(BusStatus.NotLent, end.TryAwaitReturn(default));
            return;
        }

        foreach ((BusLoan loan, byte[] message) in link.Lent)
        {
            bool isReturned = link.Received.Contains(message);
            CallForm form = Form(wanted, isReturned || link.IsSenderGone || link.IsReceiverGone);
            BusStatus status = form switch
            {
                CallForm.Blocking => end.AwaitReturn(loan),
                CallForm.Try => end.TryAwaitReturn(loan),
                _ => end.AwaitReturn(loan, Moment),
            };
            if (!link.IsSenderGone && !link.IsReceiverGone)
            {
                Assert.Equal(isReturned ? BusStatus.Ok : BusStatus.StillLent, status);
            }
            else if (status != BusStatus.Ok || !isReturned)
            {
                // Of a link that its sender has left, it does not know any more what came back.
                Assert.Equal(BusStatus.BrokenLink, status);
                Assert.False(isReturned && !link.IsSenderGone);
                link.BreakAsSender();
            }

            if (status == BusStatus.StillLent && form == CallForm.Timed)
            {
                Flush(end.Core);
            }
        }
    }

    /// <summary>Puts a message into memory that can be lent and was not used before.</summary>
    private bool TryWrite(byte[] message, out byte* memory)
    {
        memory = _memory.Start + _lentBytes;
        bool isFitting = _lentBytes + message.Length <= LendableBytes;
        if (isFitting)
        {
            message.CopyTo(new Span<byte>(memory, message.Length));
            _lentBytes += message.Length;
        }

        return isFitting;
    }

    private static void Enqueue(LinkModel link, params byte[][] messages)
    {
        link.Publish();
        foreach (byte[] message in messages)
        {
            link.Shown.Enqueue(message);
        }
    }

    /// <summary>Checks what a call says that needs room for one message, and whether it has found it.</summary>
    private bool HasFoundRoom(BusStatus status, CallForm form, LinkModel link)
    {
        if (link.IsReceiverGone && status == BusStatus.BrokenLink)
        {
            // The sender learns of it when the room that it has seen is used up.
            link.BreakAsSender();
        }

        BusStatus none = NoRoom(link, form);
        if (link.IsSenderGone)
        {
            Assert.Equal(BusStatus.BrokenLink, status);
        }
        else if (link.Room != null)
        {
            Assert.Equal(BusStatus.Reserved, status);
        }
        else if (!link.IsInitialized || link.Outstanding >= _case.QueueSize)
        {
            Assert.Equal(none, status);
        }
        else if (!MayLackRoom(link))
        {
            Assert.Equal(BusStatus.Ok, status);
        }
        else
        {
            Assert.True(status == BusStatus.Ok || status == none, status.ToString());
        }

        if (status == none)
        {
            link.Publish();
        }

        return status == BusStatus.Ok;
    }

    /// <summary>What a call says where there is no room.</summary>
    private static BusStatus NoRoom(LinkModel link, CallForm form) =>
        form == CallForm.Timed ? BusStatus.TimedOut : link.IsInitialized ? BusStatus.Full : BusStatus.NotReady;

    private bool MayLackRoom(LinkModel link) =>
        !link.IsInitialized || link.Outstanding + 1 > CertainRoom || link.IsReceiverGone;

    private bool IsCertainNotToWait(LinkModel link, int messages) =>
        link.IsSenderGone
        || link.Room != null
        || (link.IsInitialized && !link.IsReceiverGone && link.Outstanding + messages <= CertainRoom);
}

using System;
using System.Linq;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Model;

/// <content>What a sender does.</content>
internal sealed unsafe partial class BusModel
{
    /// <summary>Buffers are given back a quarter of the queue at a time; on the rest a sender can count.</summary>
    private int CertainRoom => _case.QueueSize - Math.Max(1, _case.QueueSize / 4) + 1;

    private void Send(BusEndpoint end, int peer, byte[] message, LinkModel? link)
    {
        BusStatus status = end.TrySendTo(peer, message);
        if (link == null || message.Length > _case.BufferSize)
        {
            Assert.Equal(link == null ? BusStatus.NoSuchCore : BusStatus.TooLong, status);
        }
        else if (HasFoundRoom(status, link, 1))
        {
            Enqueue(link, message);
        }
    }

    private void SendBatch(BusEndpoint end, BusCommand command, LinkModel? link)
    {
        int length = 1 + (command.Length % _case.BufferSize);
        byte[][] messages = [.. Enumerable.Range(0, command.Length % 5).Select(_ => Message(length))];
        if (link != null && !IsCertainNotToWait(link, messages.Length))
        {
            return;
        }

        BusStatus status = end.SendBatchTo(command.Peer, messages.SelectMany(message => message).ToArray(), length);
        if (link == null)
        {
            Assert.Equal(BusStatus.NoSuchCore, status);
        }
        else if (messages.Length == 0)
        {
            Assert.Equal(BusStatus.Ok, status);
            link.Show();
        }
        else if (HasFoundRoom(status, link, messages.Length))
        {
            Enqueue(link, messages);
        }
    }

    private void Broadcast(BusEndpoint end, byte[] message)
    {
        LinkModel[] links = [.. Others(end.Core).Select(core => _links[end.Core, core])];
        bool isReserved = links.Any(link => link.Room != null);
        if (!isReserved && !links.All(link => IsCertainNotToWait(link, 1)))
        {
            return;
        }

        BusStatus status = end.Broadcast(message);
        if (message.Length > _case.BufferSize || isReserved)
        {
            Assert.Equal(message.Length > _case.BufferSize ? BusStatus.TooLong : BusStatus.Reserved, status);
            return;
        }

        Assert.Equal(links.Any(link => link.IsSenderGone) ? BusStatus.BrokenLink : BusStatus.Ok, status);
        foreach (LinkModel link in links.Where(link => !link.IsSenderGone))
        {
            Enqueue(link, message);
        }
    }

    private void Reserve(BusEndpoint end, int peer, LinkModel? link)
    {
        BusStatus status = end.TryReserveTo(peer, out Span<byte> room);
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
            else if (HasFoundRoom(status, link, 1))
            {
                link.Room = start;
            }
        }
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
                link.Show();
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

    private void Lend(BusEndpoint end, int peer, byte[] message, LinkModel? link)
    {
        byte* memory = _memory.Start + _lentBytes;
        if (_lentBytes + message.Length > LendableBytes)
        {
            return;
        }

        message.CopyTo(new Span<byte>(memory, message.Length));
        BusStatus status = end.TryLendTo(peer, memory, message.Length, out BusLoan loan);
        if (link == null)
        {
            Assert.Equal(BusStatus.NoSuchCore, status);
        }
        else if (HasFoundRoom(status, link, 1))
        {
            _lentBytes += message.Length;
            Enqueue(link, message);
            link.Lent.Add((loan, message));
            return;
        }

        Assert.Equal(default, loan);
    }

    private static void AskForLoans(BusEndpoint end, LinkModel? link)
    {
        if (link == null)
        {
            Assert.Equal(BusStatus.NoSuchCore, end.AwaitReturn(default, 0));
            return;
        }

        foreach ((BusLoan loan, byte[] message) in link.Lent)
        {
            bool isReturned = link.Received.Contains(message);
            BusStatus status = end.AwaitReturn(loan, 0);
            if (!link.IsSenderGone && !link.IsReceiverGone)
            {
                Assert.Equal(isReturned ? BusStatus.Ok : BusStatus.TimedOut, status);
            }
            else if (status != BusStatus.Ok || !isReturned)
            {
                // Of a link that its sender has left, it does not know any more what came back.
                Assert.Equal(BusStatus.BrokenLink, status);
                Assert.False(isReturned && !link.IsSenderGone);
                link.BreakAsSender();
            }
        }
    }

    private static void Enqueue(LinkModel link, params byte[][] messages)
    {
        link.Show();
        foreach (byte[] message in messages)
        {
            link.Shown.Enqueue(message);
        }
    }

    /// <summary>Checks what a call says that needs room, and whether it has found it.</summary>
    private bool HasFoundRoom(BusStatus status, LinkModel link, int messages)
    {
        if (link.IsReceiverGone && status == BusStatus.BrokenLink)
        {
            // The sender learns of it when the room that it has seen is used up.
            link.BreakAsSender();
        }

        if (link.IsSenderGone)
        {
            Assert.Equal(BusStatus.BrokenLink, status);
        }
        else if (link.Room != null)
        {
            Assert.Equal(BusStatus.Reserved, status);
        }
        else if (!link.IsInitialized || link.Outstanding + messages > _case.QueueSize)
        {
            Assert.Equal(BusStatus.Full, status);
        }
        else if (link.Outstanding + messages <= CertainRoom && !link.IsReceiverGone)
        {
            Assert.Equal(BusStatus.Ok, status);
        }
        else
        {
            Assert.True(status is BusStatus.Ok or BusStatus.Full, status.ToString());
        }

        if (status == BusStatus.Full)
        {
            link.Show();
        }

        return status == BusStatus.Ok;
    }

    private bool IsCertainNotToWait(LinkModel link, int messages) =>
        link.IsSenderGone
        || link.Room != null
        || (link.IsInitialized && !link.IsReceiverGone && link.Outstanding + messages <= CertainRoom);
}

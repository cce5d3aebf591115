using System;
using System.Linq;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Model;

/// <content>What a receiver does.</content>
internal sealed unsafe partial class BusModel
{
    /// <summary>How long a timed call waits: not at all, but long enough to show what is kept back.</summary>
    private const ulong Moment = 1;

    private void Receive(BusEndpoint end, int peer, CallForm wanted, int room, LinkModel? link)
    {
        CallForm form = Form(wanted, !IsWaiting(link));
        Span<byte> buffer = _buffer.AsSpan(0, room);
        BusStatus status = form switch
        {
            CallForm.Blocking => end.RecvFrom(peer, buffer, out int length1).With(length1, out _received),
            CallForm.Try => end.TryRecvFrom(peer, buffer, out int length2).With(length2, out _received),
            _ => end.RecvFrom(peer, buffer, Moment, out int length3).With(length3, out _received),
        };
        Check(status, length, room, link, None(form));
        FlushIfTimedOut(end, status);
    }

    private void Check(BusStatus status, int length, int room, LinkModel? link, BusStatus none)
    {
        BusStatus expected = link == null ? BusStatus.NoSuchCore : Look(link, none);
        int expectedLength = 0;
        if (expected == BusStatus.Ok)
        {
            expectedLength = link!.Shown.Peek().Length;
            expected = expectedLength > room ? BusStatus.TooLong : BusStatus.Ok;
        }

        Assert.Equal((expected, expectedLength), (status, length));
        if (status == BusStatus.Ok)
        {
            Assert.True(_buffer.AsSpan(0, length).SequenceEqual(link!.Shown.Peek()), "Another message was received.");
            link.Take();
        }
    }

    /// <summary>What a call must say that looks for a message; Ok when there is one.</summary>
    private static BusStatus Look(LinkModel link, BusStatus none)
    {
        if (!link.IsInitialized || link.IsReceiverGone)
        {
            return BusStatus.BrokenLink;
        }

        if (link.IsPeeked)
        {
            return BusStatus.Peeked;
        }

        if (link.Shown.Count == 0 && link.IsSenderGone)
        {
            link.BreakAsReceiver();
            return BusStatus.BrokenLink;
        }

        return link.Shown.Count == 0 ? none : BusStatus.Ok;
    }

    private void ReceiveBatch(BusEndpoint end, BusCommand command, LinkModel? link)
    {
        bool isWaiting = link is { IsInitialized: true, IsReceiverGone: false, IsPeeked: false, IsSenderGone: false, Shown.Count: 0 };
        if (isWaiting)
        {
            return;
        }

        int[] lengths = new int[1 + (command.Length % 5)];
        int count = end.RecvBatchFrom(command.Peer, _buffer.AsSpan(0, command.Length * 4), lengths);
        BusStatus expected = link == null ? BusStatus.NoSuchCore : Look(link, BusStatus.Empty);
        if (expected == BusStatus.Ok && link!.Shown.Peek().Length > command.Length * 4)
        {
            expected = BusStatus.TooLong;
        }

        if (expected != BusStatus.Ok)
        {
            Assert.Equal(-(int)expected, count);
            return;
        }

        Assert.InRange(count, 1, Math.Min(lengths.Length, link!.Shown.Count));
        int at = 0;
        foreach (int length in lengths.Take(count))
        {
            Assert.True(_buffer.AsSpan(at, length).SequenceEqual(link.Shown.Peek()), "Another message was received.");
            link.Take();
            at += length;
        }

        // It stops only where there is nothing more or no more room.
        Assert.True(count == lengths.Length || Look(link, BusStatus.Empty) != BusStatus.Ok || link.Shown.Peek().Length > (command.Length * 4) - at);
    }

    private void ReceiveAny(BusEndpoint end, int room)
    {
        BusStatus status = end.TryRecvFromAny(_buffer.AsSpan(0, Math.Min(room, _buffer.Length)), out int core, out int length);
        BusStatus expected = BusStatus.BrokenLink;
        for (int step = 0; step < _case.Cores; step++)
        {
            int sender = (_first[end.Core] + step) % _case.Cores;
            LinkModel link = _links[sender, end.Core];
            if (sender == end.Core)
            {
                continue;
            }

            BusStatus look = Look(link, BusStatus.Empty);
            if (look == BusStatus.Ok)
            {
                Check(status, length, Math.Min(room, _buffer.Length), link, BusStatus.Empty);
                Assert.Equal(sender, core);
                _first[end.Core] = status == BusStatus.Ok ? (sender + 1) % _case.Cores : sender;
                return;
            }

            expected = expected == BusStatus.Empty || look == BusStatus.BrokenLink ? expected : look;
        }

        Assert.Equal((expected, -1, 0), (status, core, length));
    }

    private static void Peek(BusEndpoint end, int peer, LinkModel? link)
    {
        BusStatus expected = link == null ? BusStatus.NoSuchCore : Look(link, BusStatus.Empty);
        BusStatus status = end.TryPeekFrom(peer, out ReadOnlySpan<byte> message);
        Assert.Equal(expected == BusStatus.Peeked ? BusStatus.Ok : expected, status);
        fixed (byte* place = message)
        {
            if (status != BusStatus.Ok)
            {
                Assert.Equal(0, message.Length);
            }
            else
            {
                Assert.True(message.SequenceEqual(link!.Shown.Peek()), "Another message is shown.");
                Assert.True(!link.IsPeeked || link.Peeked == place, "The message has moved.");
                link.IsPeeked = true;
                link.Peeked = place;
            }
        }
    }

    private static void Release(BusEndpoint end, int peer, LinkModel? link)
    {
        bool isTaken = link is { IsPeeked: true };
        if (isTaken)
        {
            byte[] message = link!.Shown.Peek();
            Assert.True(new ReadOnlySpan<byte>(link.Peeked, message.Length).SequenceEqual(message), "The message has changed.");
        }

        EndPeeked(end.ReleaseFrom(peer), link);
        if (isTaken)
        {
            link!.Take();
        }
    }

    private static void CancelPeeked(BusEndpoint end, int peer, LinkModel? link)
    {
        EndPeeked(end.CancelFrom(peer), link);
        if (link != null)
        {
            link.IsPeeked = false;
        }
    }

    private static void EndPeeked(BusStatus status, LinkModel? link)
    {
        BusStatus none = link is { IsInitialized: true, IsReceiverGone: false } ? BusStatus.NotPeeked : BusStatus.BrokenLink;
        Assert.Equal(link == null ? BusStatus.NoSuchCore : link.IsPeeked ? BusStatus.Ok : none, status);
    }
}

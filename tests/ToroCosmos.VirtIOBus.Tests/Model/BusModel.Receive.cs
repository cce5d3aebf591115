using System;
using System.Linq;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Model;

/// <content>What a receiver does.</content>
internal sealed unsafe partial class BusModel
{
    private void Receive(BusEndpoint end, int peer, CallForm wanted, int room, LinkModel? link)
    {
        CallForm form = Form(wanted, !IsWaiting(link));
        Span<byte> buffer = _buffer.AsSpan(0, room);
        int length;
        BusStatus status = form switch
        {
            CallForm.Blocking => end.RecvFrom(peer, buffer, out length),
            CallForm.Try => end.TryRecvFrom(peer, buffer, out length),
            _ => end.RecvFrom(peer, buffer, Moment, out length),
        };
        Check(status, length, room, link, None(form));
        FlushIfTimedOut(end, status);
    }

    /// <summary>Whether a call that blocks would wait for a message of a link.</summary>
    private static bool IsWaiting(LinkModel? link) =>
        link is { IsInitialized: true, IsReceiverGone: false, IsPeeked: false, IsSenderGone: false, Shown.Count: 0 };

    /// <summary>What a call says when there is no message.</summary>
    private static BusStatus None(CallForm form) => form == CallForm.Timed ? BusStatus.TimedOut : BusStatus.Empty;

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
        if (!link.IsInitialized)
        {
            return BusStatus.NotReady;
        }

        if (link.IsReceiverGone)
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
        CallForm form = Form(command.Form, !IsWaiting(link));
        int[] lengths = new int[1 + (command.Length % 5)];
        Span<byte> buffer = _buffer.AsSpan(0, command.Length * 4);
        int count;
        BusStatus status = form switch
        {
            CallForm.Blocking => end.RecvBatchFrom(command.Peer, buffer, lengths, out count),
            CallForm.Try => end.TryRecvBatchFrom(command.Peer, buffer, lengths, out count),
            _ => end.RecvBatchFrom(command.Peer, buffer, lengths, Moment, out count),
        };
        BusStatus expected = link == null ? BusStatus.NoSuchCore : Look(link, None(form));
        if (expected == BusStatus.Ok && link!.Shown.Peek().Length > command.Length * 4)
        {
            expected = BusStatus.TooLong;
        }

        FlushIfTimedOut(end, status);
        Assert.Equal(expected, status);
        if (expected != BusStatus.Ok)
        {
            Assert.Equal(0, count);
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

    private void ReceiveAny(BusEndpoint end, CallForm wanted, int most)
    {
        // From the one that is served first, round and round.
        int room = Math.Min(most, _buffer.Length);
        int first = _first[end.Core];
        int[] senders = [.. Enumerable.Range(0, _case.Cores).Select(step => (first + step) % _case.Cores).Where(core => core != end.Core)];
        CallForm form = Form(wanted, !senders.Any(sender => IsWaiting(_links[sender, end.Core])));
        int core;
        int length;
        Span<byte> buffer = _buffer.AsSpan(0, room);
        BusStatus status = form switch
        {
            CallForm.Blocking => end.RecvFromAny(buffer, out core, out length),
            CallForm.Try => end.TryRecvFromAny(buffer, out core, out length),
            _ => end.RecvFromAny(buffer, Moment, out core, out length),
        };
        FlushIfTimedOut(end, status);
        BusStatus expected = BusStatus.BrokenLink;
        foreach (int sender in senders)
        {
            LinkModel link = _links[sender, end.Core];
            BusStatus look = Look(link, None(form));
            if (look == BusStatus.Ok)
            {
                Check(status, length, room, link, None(form));
                Assert.Equal(sender, core);
                _first[end.Core] = status == BusStatus.Ok ? (sender + 1) % _case.Cores : sender;
                return;
            }

            expected = Hope(look) > Hope(expected) ? look : expected;
        }

        Assert.Equal((expected, -1, 0), (status, core, length));

        static int Hope(BusStatus none) => none switch
        {
            BusStatus.BrokenLink => 0,
            BusStatus.NotReady => 1,
            BusStatus.Peeked => 2,
            _ => 3,
        };
    }

    private void Peek(BusEndpoint end, BusCommand command, LinkModel? link)
    {
        CallForm form = Form(command.Form, !IsWaiting(link));
        BusStatus expected = link == null ? BusStatus.NoSuchCore : Look(link, None(form));
        ReadOnlySpan<byte> message;
        BusStatus status = form switch
        {
            CallForm.Blocking => end.PeekFrom(command.Peer, out message),
            CallForm.Try => end.TryPeekFrom(command.Peer, out message),
            _ => end.PeekFrom(command.Peer, Moment, out message),
        };
        FlushIfTimedOut(end, status);
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
        BusStatus none = link switch
        {
            { IsInitialized: false } => BusStatus.NotReady,
            { IsReceiverGone: true } => BusStatus.BrokenLink,
            _ => BusStatus.NotPeeked,
        };
        Assert.Equal(link == null ? BusStatus.NoSuchCore : link.IsPeeked ? BusStatus.Ok : none, status);
    }
}

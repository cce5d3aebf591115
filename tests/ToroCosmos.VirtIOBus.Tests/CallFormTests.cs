using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>What the forms of a call do that sends several messages: as many as there is room for, or to all or none.</summary>
public sealed class CallFormTests
{
    private const int QueueSize = 8;
    private const ulong LongNs = 1_000_000_000_000;

    private static readonly byte[] s_batch = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_batch_that_is_tried_is_sent_as_far_as_there_is_room(int before)
    {
        using TestBus test = new(2, _sleep, QueueSize);
        for (int i = 0; i < before; i++)
        {
            Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "before"u8));
        }

        Assert.Equal(BusStatus.Full, test[0].TrySendBatchTo(1, s_batch, 1, out int sent));

        Assert.Equal(QueueSize - before, sent);
        AssertReceives(test[1], before, [.. s_batch[..sent].Select(number => new byte[] { number })]);
    }

    [Fact]
    public void A_batch_that_fits_is_sent_whole_in_each_form()
    {
        using TestBus test = new(2, _sleep, QueueSize);

        Assert.Equal(BusStatus.Ok, test[0].TrySendBatchTo(1, s_batch.AsSpan(0, 8), 4, out int sent));
        Assert.Equal(2, sent);
        Assert.Equal(BusStatus.Ok, test[0].SendBatchTo(1, s_batch.AsSpan(8, 8), 4, timeoutNs: 1, out sent));
        Assert.Equal(2, sent);
        Assert.Equal(BusStatus.Ok, test[0].SendBatchTo(1, s_batch.AsSpan(16, 4), 4, out sent));
        Assert.Equal(1, sent);
        AssertReceives(test[1], 0, [.. s_batch.Chunk(4)]);
    }

    [Fact]
    public void A_batch_that_has_no_room_in_time_says_how_many_were_sent_and_its_time_is_that_of_all_its_waits()
    {
        using TestBus test = new(2, _sleep, QueueSize);
        List<ulong> deadlines = [];
        List<byte[]> received = [];
        ulong now = 0;
        _sleep.AtSleep = deadline =>
        {
            deadlines.Add(deadline);

            // Two come and make room, then nobody takes any more.
            if (deadlines.Count <= 2)
            {
                Assert.Equal(1, test[1].Receive(0, _buffer));
                received.Add(_buffer[..1]);
                Assert.Equal(1, test[1].Receive(0, _buffer));
                received.Add(_buffer[..1]);
                now = Platform.Clock.Now;
            }
            else
            {
                while (Platform.Clock.Now < deadline)
                {
                }
            }
        };

        Assert.Equal(BusStatus.TimedOut, test[0].SendBatchTo(1, s_batch, 1, timeoutNs: 20_000_000, out int sent));

        Assert.Equal(QueueSize + received.Count, sent);
        Assert.Single(deadlines.Distinct());
        Assert.True(deadlines[0] >= now || deadlines.Count == 1, "The limit is not that of the first wait.");
        AssertReceives(test[1], 0, [.. s_batch[received.Count..sent].Select(number => new byte[] { number })]);
    }

    [Fact]
    public void A_batch_that_waits_is_sent_whole()
    {
        using TestBus test = new(2, _sleep, QueueSize);
        List<byte> received = [];
        _sleep.AtSleep = _ =>
        {
            Assert.Equal(1, test[1].Receive(0, _buffer));
            received.Add(_buffer[0]);
            Assert.Equal(1, test[1].Receive(0, _buffer));
            received.Add(_buffer[0]);
        };

        Assert.Equal(BusStatus.Ok, test[0].SendBatchTo(1, s_batch, 1, LongNs, out int sent));

        Assert.Equal(s_batch.Length, sent);
        AssertReceives(test[1], 0, [.. s_batch[received.Count..].Select(number => new byte[] { number })]);
        Assert.Equal(s_batch[..received.Count], received);
    }

    [Fact]
    public void A_batch_over_a_link_that_breaks_says_how_many_were_sent_before()
    {
        using TestBus test = new(2, _sleep, QueueSize);
        _sleep.AtSleep = _ => Break(test, 0, 1);

        Assert.Equal(BusStatus.BrokenLink, test[0].SendBatchTo(1, s_batch, 1, out int sent));
        Assert.Equal(QueueSize, sent);

        Assert.Equal(BusStatus.BrokenLink, test[0].SendBatchTo(1, s_batch, 1, out sent));
        Assert.Equal(0, sent);
    }

    [Fact]
    public void A_batch_is_received_in_each_form()
    {
        using TestBus test = new(2, _sleep, QueueSize);
        int[] lengths = new int[3];
        _sleep.AtSleep = deadline => Assert.NotEqual(ulong.MaxValue, deadline);

        Assert.Equal(BusStatus.Empty, test[1].TryRecvBatchFrom(0, _buffer, lengths, out int count));
        Assert.Equal(0, count);
        Assert.Equal(BusStatus.TimedOut, test[1].RecvBatchFrom(0, _buffer, lengths, timeoutNs: 1, out count));
        Assert.Equal(0, count);

        Assert.Equal(BusStatus.Ok, test[0].SendBatchTo(1, "abcdefgh"u8, 1, out _));
        Assert.Equal(BusStatus.Ok, test[1].TryRecvBatchFrom(0, _buffer, lengths, out count));
        Assert.Equal((3, (byte)'a'), (count, _buffer[0]));
        Assert.Equal(BusStatus.Ok, test[1].RecvBatchFrom(0, _buffer, lengths, timeoutNs: 1, out count));
        Assert.Equal((3, (byte)'d'), (count, _buffer[0]));
        Assert.Equal(BusStatus.Ok, test[1].RecvBatchFrom(0, _buffer, lengths, out count));
        Assert.Equal((2, (byte)'g'), (count, _buffer[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_broadcast_that_is_tried_reaches_all_or_none(int full)
    {
        using TestBus test = new(4, _sleep, QueueSize);
        Fill(test, 0, full);
        _sleep.AtSleep = deadline => Assert.NotEqual(ulong.MaxValue, deadline);

        Assert.Equal(BusStatus.Full, test[0].TryBroadcast("all"u8));
        Assert.Equal(BusStatus.TimedOut, test[0].Broadcast("all"u8, timeoutNs: 1));
        foreach (int other in Enumerable.Range(1, 3).Where(core => core != full))
        {
            Assert.Equal(BusStatus.Empty, test[other].TryRecvFrom(0, _buffer, out _));
        }

        Drain(test, full, QueueSize);
        Assert.Equal(BusStatus.Ok, test[0].TryBroadcast("all"u8));
        Assert.Equal(BusStatus.Ok, test[0].Broadcast("all"u8, timeoutNs: 1));
        for (int core = 1; core < 4; core++)
        {
            Assert.Equal(3, test[core].Receive(0, _buffer));
            Assert.Equal(3, test[core].Receive(0, _buffer));
            Assert.Equal(BusStatus.Empty, test[core].TryRecvFrom(0, _buffer, out _));
        }
    }

    [Fact]
    public void A_broadcast_with_a_limit_waits_for_one_after_the_other_and_serves_all_at_once()
    {
        using TestBus test = new(3, _sleep, QueueSize);
        Fill(test, 0, 1);
        Fill(test, 0, 2);
        List<ulong> deadlines = [];
        _sleep.AtSleep = deadline =>
        {
            deadlines.Add(deadline);
            Drain(test, deadlines.Count, QueueSize);
            Assert.Equal(BusStatus.Empty, test[deadlines.Count].TryRecvFrom(0, _buffer, out _));
        };

        Assert.Equal(BusStatus.Ok, test[0].Broadcast("all"u8, LongNs));

        Assert.Equal(2, deadlines.Count);
        Assert.Single(deadlines.Distinct());
        Assert.Equal(3, test[1].Receive(0, _buffer));
        Assert.Equal(3, test[2].Receive(0, _buffer));
    }

    [Fact]
    public void A_broadcast_that_is_tried_says_that_a_core_is_not_ready_and_reaches_none()
    {
        using TestBus test = new(3, _sleep, QueueSize, initialize: false);
        Assert.Equal(BusStatus.Ok, test[1].InitializeQueues());

        Assert.Equal(BusStatus.NotReady, test[0].TryBroadcast("all"u8));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));

        Assert.Equal(BusStatus.Ok, test[2].InitializeQueues());
        Assert.Equal(BusStatus.Ok, test[0].TryBroadcast("all"u8));
        Assert.Equal(3, test[1].Receive(0, _buffer));
        Assert.Equal(3, test[2].Receive(0, _buffer));
    }

    [Fact]
    public void A_broadcast_that_is_tried_reaches_all_whose_links_are_not_broken()
    {
        using TestBus test = new(4, _sleep, QueueSize);
        Break(test, 0, 2);
        _sleep.AtSleep = deadline => Assert.NotEqual(ulong.MaxValue, deadline);

        Assert.Equal(BusStatus.BrokenLink, test[0].TryBroadcast("all"u8));
        Assert.Equal(BusStatus.BrokenLink, test[0].Broadcast("all"u8, timeoutNs: 1));
        Fill(test, 0, 3);
        Assert.Equal(BusStatus.Full, test[0].TryBroadcast("not"u8));
        Assert.Equal(3, test[1].Receive(0, _buffer));
        Assert.Equal(3, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void A_broadcast_for_which_room_is_reserved_does_not_wait_for_another_core_first()
    {
        using TestBus test = new(3, _sleep, QueueSize);
        Fill(test, 0, 1);
        Assert.Equal(BusStatus.Ok, test[0].TryReserveTo(2, out _));

        Assert.Equal(BusStatus.Reserved, test[0].Broadcast("all"u8));
        Assert.Equal(BusStatus.Reserved, test[0].Broadcast("all"u8, LongNs));
        Assert.Equal(BusStatus.Reserved, test[0].TryBroadcast("all"u8));
    }

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(2, 3, 1)]
    [InlineData(3, 1, 2)]
    public void Of_the_reasons_why_no_core_can_be_received_from_the_one_is_told_that_is_easiest_to_change(int shown, int notReady, int broken)
    {
        using TestBus test = new(4, _sleep, QueueSize, initialize: false);
        foreach (int core in (int[])[shown, broken])
        {
            Assert.Equal(BusStatus.Ok, test[0].InitializeQueueFrom(core));
        }

        Break(test, broken, 0);
        Assert.Equal(BusStatus.NotReady, test[0].TryRecvFrom(notReady, _buffer, out _));
        Assert.Equal(BusStatus.Ok, test[shown].TrySendTo(0, "x"u8));
        Assert.Equal(BusStatus.Ok, test[0].TryPeekFrom(shown, out _));

        Assert.Equal(BusStatus.Peeked, test[0].RecvFromAny(_buffer, out _, out _));
        Assert.Equal(BusStatus.Ok, test[0].ReleaseFrom(shown));
        Break(test, shown, 0);
        Assert.Equal(BusStatus.NotReady, test[0].RecvFromAny(_buffer, out _, out _));
    }

    private static void Fill(TestBus test, int sender, int receiver)
    {
        while (test[sender].TrySendTo(receiver, "filler"u8) == BusStatus.Ok)
        {
        }
    }

    private void Drain(TestBus test, int receiver, int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            Assert.Equal(6, test[receiver].Receive(0, _buffer));
        }
    }

    private unsafe void Break(TestBus test, int sender, int receiver)
    {
        *test.Links.Queue(test.Links.Find(sender, receiver)).UsedIndex = 0x4000;
        Assert.Equal(BusStatus.BrokenLink, test[receiver].TryRecvFrom(sender, _buffer, out _));
    }

    private void AssertReceives(BusEndpoint end, int before, byte[][] messages)
    {
        for (int i = 0; i < before; i++)
        {
            Assert.Equal(6, end.Receive(0, _buffer));
        }

        foreach (byte[] message in messages)
        {
            Assert.Equal(message.Length, end.Receive(0, _buffer));
            Assert.Equal(message, _buffer[..message.Length]);
        }

        Assert.Equal(BusStatus.Empty, end.TryRecvFrom(0, _buffer, out _));
    }
}

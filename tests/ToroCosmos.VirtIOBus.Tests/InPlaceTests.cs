using System;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>Messages made and read in the bus's memory, and many at a time.</summary>
public sealed class InPlaceTests
{
    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];

    [Fact]
    public void A_message_made_in_place_is_read_in_place()
    {
        using TestBus test = new(2, _sleep);
        Assert.Equal(BusStatus.Ok, test[0].ReserveTo(1, out Span<byte> room));
        Assert.Equal(64, room.Length);
        "hello"u8.CopyTo(room);
        Assert.Equal(BusStatus.Empty, test[1].TryPeekFrom(0, out _));
        Assert.Equal(BusStatus.Ok, test[0].CommitTo(1, 5));

        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out ReadOnlySpan<byte> message));
            Assert.Equal("hello"u8, message);
        }

        Assert.Equal(BusStatus.Ok, test[1].ReleaseFrom(0));
        Assert.Equal(BusStatus.NotPeeked, test[1].ReleaseFrom(0));
        Assert.Equal(BusStatus.Empty, test[1].TryPeekFrom(0, out ReadOnlySpan<byte> none));
        Assert.Equal(0, none.Length);
    }

    [Fact]
    public void Room_is_the_same_until_it_is_committed()
    {
        using TestBus test = new(2, _sleep);
        test[0].TryReserveTo(1, out Span<byte> first);
        test[0].TryReserveTo(1, out Span<byte> second);
        Assert.True(first == second);
        test[0].CommitTo(1, 0);
        test[0].TryReserveTo(1, out Span<byte> third);
        Assert.False(first == third);
    }

    [Fact]
    public void Messages_committed_with_more_to_come_are_seen_together()
    {
        using TestBus test = new(2, _sleep);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(BusStatus.Ok, test[0].TryReserveTo(1, out Span<byte> room));
            room[0] = (byte)i;
            Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
            Assert.Equal(BusStatus.Ok, test[0].CommitTo(1, 1, more: i < 2));
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(1, test[1].Receive(0, _buffer));
            Assert.Equal(i, _buffer[0]);
        }
    }

    [Fact]
    public void Messages_kept_back_are_sent_before_their_sender_waits()
    {
        using TestBus test = new(2, _sleep);
        test[0].TryReserveTo(1, out _);
        test[0].CommitTo(1, 1, more: true);
        _sleep.AtBegin = () =>
        {
            Assert.Equal(1, test[1].Receive(0, _buffer));
            test[1].TrySendTo(0, "answer"u8);
        };

        Assert.Equal(6, test[0].Receive(1, _buffer));
    }

    public static TheoryData<string, Func<BusEndpoint, BusStatus>> TryingSenders => new()
    {
        { nameof(BusEndpoint.TrySendTo), end => end.TrySendTo(1, "x"u8) },
        { nameof(BusEndpoint.TryReserveTo), end => end.TryReserveTo(1, out _) },
        { nameof(BusEndpoint.SendTo), end => end.SendTo(1, "x"u8, timeoutNs: 0) },
    };

    [Theory]
    [MemberData(nameof(TryingSenders), DisableDiscoveryEnumeration = true)]
    public void A_sender_that_does_not_wait_shows_what_it_kept_back_when_the_queue_is_full(
        string name, Func<BusEndpoint, BusStatus> trySend)
    {
        using TestBus test = new(2, _sleep, queueSize: 8);
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(BusStatus.Ok, test[0].TryReserveTo(1, out _));
            Assert.Equal(BusStatus.Ok, test[0].CommitTo(1, i, more: true));
        }

        Assert.True(trySend(test[0]) is BusStatus.Full or BusStatus.TimedOut, name);
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(i, test[1].Receive(0, _buffer));
        }

        Assert.Equal(BusStatus.Ok, trySend(test[0]));
    }

    [Fact]
    public void A_receiver_that_sleeps_is_woken_for_what_was_kept_back_in_a_full_queue()
    {
        using TestBus test = new(2, _sleep, queueSize: 2);
        _sleep.AtSleep = _ =>
        {
            for (int i = 0; i < 2; i++)
            {
                test[0].TryReserveTo(1, out Span<byte> _);
                test[0].CommitTo(1, 1, more: true);
            }

            Assert.Empty(_sleep.Woken);
            Assert.Equal(BusStatus.Full, test[0].TrySendTo(1, "x"u8));
            Assert.Equal([1], _sleep.Woken);
        };

        Assert.Equal(1, test[1].Receive(0, _buffer));
    }

    [Fact]
    public void A_full_queue_has_no_room_to_make_a_message_in()
    {
        using TestBus test = new(2, _sleep, queueSize: 2);
        test[0].TrySendTo(1, "x"u8);
        test[0].TrySendTo(1, "x"u8);

        Assert.Equal(BusStatus.Full, test[0].TryReserveTo(1, out Span<byte> room));
        Assert.Equal(0, room.Length);
        Assert.Equal(BusStatus.TimedOut, test[0].ReserveTo(1, 0, out _));
        Assert.Equal(BusStatus.NotReserved, test[0].CommitTo(1, 1));
        Assert.Equal(BusStatus.TimedOut, test[0].PeekFrom(1, 0, out _));
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        using TestBus test = new(2, _sleep);
        Assert.Equal(BusStatus.TooLong, test[0].CommitTo(1, 65));
        Assert.Equal(BusStatus.InvalidLength, test[0].CommitTo(1, -1));
        foreach (int nobody in (int[])[0, 2, -1])
        {
            Assert.Equal(BusStatus.NoSuchCore, test[0].ReserveTo(nobody, out _));
            Assert.Equal(BusStatus.NoSuchCore, test[0].CommitTo(nobody, 1));
            Assert.Equal(BusStatus.NoSuchCore, test[0].PeekFrom(nobody, out _));
            Assert.Equal(BusStatus.NoSuchCore, test[0].ReleaseFrom(nobody));
            Assert.Equal(BusStatus.NoSuchCore, test[0].SendBatchTo(nobody, "x"u8, 1, out _));
            Assert.Equal(BusStatus.NoSuchCore, test[0].RecvBatchFrom(nobody, _buffer, new int[1], out _));
        }

        Assert.Equal(BusStatus.InvalidLength, test[0].SendBatchTo(1, "abc"u8, 2, out _));
        Assert.Equal(BusStatus.InvalidLength, test[0].SendBatchTo(1, "abc"u8, 0, out _));
        Assert.Equal(BusStatus.TooLong, test[0].SendBatchTo(1, new byte[65], 65, out _));
    }

    [Fact]
    public void A_batch_is_received_as_far_as_it_fits()
    {
        using TestBus test = new(2, _sleep);
        int[] lengths = new int[8];
        Assert.Equal(BusStatus.Ok, test[0].SendBatchTo(1, "aabbccdd"u8, 2, out _));

        Assert.Equal(3, test[1].ReceiveBatch(0, _buffer.AsSpan(0, 7), lengths));
        Assert.Equal("aabbcc"u8, _buffer.AsSpan(0, 6));
        Assert.Equal([2, 2, 2], lengths[..3]);
        Assert.Equal(BusStatus.TooLong, test[1].RecvBatchFrom(0, _buffer.AsSpan(0, 1), lengths, out _));
        Assert.Equal(1, test[1].ReceiveBatch(0, _buffer, lengths));
        Assert.Equal("dd"u8, _buffer.AsSpan(0, 2));
    }

    [Fact]
    public void A_batch_longer_than_the_queue_goes_through()
    {
        const int Messages = 10_000;
        using TestBus test = new(2, new ThreadSleep(2), queueSize: 4);
        byte[] all = new byte[Messages * 2];
        for (int i = 0; i < Messages; i++)
        {
            BitConverter.TryWriteBytes(all.AsSpan(2 * i), (ushort)i);
        }

        test.RunCores(
            core => Assert.Equal(BusStatus.Ok, core.SendBatchTo(1, all, 2, out _)),
            core =>
            {
                byte[] received = new byte[all.Length];
                int[] lengths = new int[7];
                int at = 0;
                while (at < received.Length)
                {
                    int count = core.ReceiveBatch(0, received.AsSpan(at), lengths);
                    Assert.InRange(count, 1, 7);
                    at += 2 * count;
                }

                Assert.Equal(all, received);
            });
    }
}

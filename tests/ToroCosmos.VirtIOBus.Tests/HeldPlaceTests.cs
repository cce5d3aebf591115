using System;
using System.Collections.Generic;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>Room that is reserved, and a message that is shown, stay as they are whatever else is called.</summary>
public sealed unsafe class HeldPlaceTests : IDisposable
{
    private const int BufferSize = 64;

    private readonly ScriptedSleep _sleep = new();
    private readonly AlignedMemory _memory = new(4096);
    private readonly byte[] _buffer = new byte[4096];

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_commit_without_room_reserved_sends_nothing()
    {
        using TestBus test = Create(queueSize: 2);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "secret"u8));
            Assert.Equal(6, test[1].Receive(0, _buffer));
        }

        Assert.Equal(BusStatus.NotReserved, test[0].CommitTo(1, 6));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));

        Assert.Equal(BusStatus.Ok, test[0].ReserveTo(1, out _));
        Assert.Equal(BusStatus.Ok, test[0].CommitTo(1, 6));
        Assert.Equal(BusStatus.NotReserved, test[0].CommitTo(1, 6));
        Assert.Equal(6, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void Nothing_is_written_into_reserved_room_nor_sent_before_it_is_committed()
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[0].ReserveTo(1, out Span<byte> room));
        "in place"u8.CopyTo(room);
        foreach ((string name, Func<BusEndpoint, BusStatus> send) in Sends(_memory.Start))
        {
            Assert.True(send(test[0]) == BusStatus.Reserved, name);
        }

        Assert.Equal(BusStatus.Empty, test[1].TryPeekFrom(0, out _));
        Assert.Equal(BusStatus.Empty, test[2].TryPeekFrom(0, out _));
        Assert.Equal(BusStatus.Ok, test[0].ReserveTo(1, out Span<byte> again));
        Assert.True(room == again);
        Assert.Equal(BusStatus.TooLong, test[0].CommitTo(1, BufferSize + 1));
        Assert.Equal(BusStatus.Ok, test[0].CommitTo(1, 8));
        Assert.Equal(8, test[1].Receive(0, _buffer));
        Assert.Equal("in place"u8, _buffer.AsSpan(0, 8));
    }

    [Fact]
    public void Reserved_room_concerns_no_other_link()
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[0].ReserveTo(1, out _));
        Assert.Equal(BusStatus.Ok, test[0].SendTo(2, "x"u8));
        Assert.Equal(BusStatus.Ok, test[1].SendTo(0, "y"u8));
        Assert.Equal(1, test[0].Receive(1, _buffer));
        Assert.Equal(1, test[2].Receive(0, _buffer));
    }

    [Fact]
    public void Room_that_was_given_up_sends_nothing_and_is_found_again()
    {
        using TestBus test = Create(queueSize: 2);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(BusStatus.NotReserved, test[0].CancelTo(1));
            Assert.Equal(BusStatus.Ok, test[0].ReserveTo(1, out _));
            Assert.Equal(BusStatus.Ok, test[0].CancelTo(1));
            Assert.Equal(BusStatus.NotReserved, test[0].CommitTo(1, 1));
            Assert.Equal(BusStatus.Empty, test[1].TryPeekFrom(0, out _));
        }

        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "a"u8));
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "b"u8));
        Assert.Equal(BusStatus.Full, test[0].TrySendTo(1, "c"u8));
    }

    [Fact]
    public void A_release_without_a_message_shown_drops_nothing()
    {
        using TestBus test = Create();
        test[0].SendTo(1, "one"u8);
        test[0].SendTo(1, "three"u8);

        Assert.Equal(BusStatus.NotPeeked, test[1].ReleaseFrom(0));
        Assert.Equal(3, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.NotPeeked, test[1].ReleaseFrom(0));
        Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out _));
        Assert.Equal(BusStatus.Ok, test[1].ReleaseFrom(0));
        Assert.Equal(BusStatus.NotPeeked, test[1].ReleaseFrom(0));
    }

    [Fact]
    public void A_message_that_is_shown_is_not_received_before_it_is_released()
    {
        using TestBus test = Create();
        test[0].SendTo(1, "one"u8);
        test[0].SendTo(1, "three"u8);
        Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out ReadOnlySpan<byte> message));
        foreach ((string name, Func<BusEndpoint, BusStatus> receive) in Receives(_buffer))
        {
            Assert.True(receive(test[1]) == BusStatus.Peeked, name);
        }

        Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out ReadOnlySpan<byte> again));
        Assert.True(message == again);
        Assert.Equal("one"u8, message);
        Assert.Equal(BusStatus.Ok, test[1].ReleaseFrom(0));
        Assert.Equal(5, test[1].Receive(0, _buffer));
    }

    [Fact]
    public void A_message_that_was_put_back_is_received()
    {
        using TestBus test = Create();
        test[0].SendTo(1, "one"u8);
        Assert.Equal(BusStatus.NotPeeked, test[1].CancelFrom(0));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out _));
            Assert.Equal(BusStatus.Ok, test[1].CancelFrom(0));
            Assert.Equal(BusStatus.NotPeeked, test[1].ReleaseFrom(0));
        }

        Assert.Equal(3, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void Whoever_receives_from_any_passes_over_a_link_of_which_a_message_is_shown()
    {
        using TestBus test = Create();
        test[0].SendTo(1, "held"u8);
        test[0].SendTo(1, "behind it"u8);
        Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out _));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFromAny(_buffer, out int core, out _));
        _sleep.AtSleep = _ => test[2].SendTo(1, "x"u8);

        Assert.Equal(1, test[1].ReceiveAny(_buffer, out core));
        Assert.Equal((2, 1), (core, _sleep.Sleeps));
        Assert.Equal(BusStatus.Ok, test[1].ReleaseFrom(0));
        Assert.Equal(9, test[1].ReceiveAny(_buffer, out core));
    }

    [Fact]
    public void What_is_shown_stays_as_it_is_though_the_sender_rewrites_what_it_told()
    {
        using TestBus test = Create();
        LinkTable links = test.Links;
        test[0].SendTo(1, "12345"u8);
        Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out _));
        links.Queue(links.Find(0, 1)).UsedElements[0].Length = 60;
        links.Queue(links.Find(0, 1)).UsedElements[0].Id = 77;

        Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out ReadOnlySpan<byte> message));
        Assert.Equal("12345"u8, message);
        Assert.Equal(BusStatus.Ok, test[1].ReleaseFrom(0));
        Assert.Equal(0, test.Bus.CountBrokenLinks());
    }

    [Fact]
    public void A_lent_message_that_is_shown_stays_where_it_is_though_its_reference_is_rewritten()
    {
        using TestBus test = Create();
        LinkTable links = test.Links;
        new Span<byte>(_memory.Start, 1000).Fill(7);
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, 1000, out BusLoan loan));
        Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out ReadOnlySpan<byte> message));
        new Span<ulong>(links.Buffers(links.Find(0, 1)), BufferSize / sizeof(ulong) + 2).Fill(0x10);
        links.Queue(links.Find(0, 1)).UsedElements[0].Length = 3;

        Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out ReadOnlySpan<byte> again));
        Assert.True(message == again);
        Assert.Equal(1000, again.Length);

        // The lender, who waits for this one, has it back at once.
        Assert.Equal(BusStatus.Ok, test[1].ReleaseFrom(0));
        Assert.Equal(BusStatus.Ok, test[0].TryAwaitReturn(loan));
    }

    [Fact]
    public void A_loan_is_returned_while_room_is_reserved()
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, 1000, out BusLoan loan));
        Assert.Equal(BusStatus.Ok, test[0].ReserveTo(1, out Span<byte> room));
        Assert.Equal(BusStatus.StillLent, test[0].TryAwaitReturn(loan));
        _sleep.AtSleep = _ => test[1].Receive(0, _buffer);

        Assert.Equal(BusStatus.Ok, test[0].AwaitReturn(loan));
        room[0] = 9;
        Assert.Equal(BusStatus.Ok, test[0].CommitTo(1, 1));
        Assert.Equal(1, test[1].Receive(0, _buffer));
        Assert.Equal(9, _buffer[0]);
    }

    [Fact]
    public void A_link_that_breaks_holds_no_room()
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[0].ReserveTo(1, out _));
        *test.Links.Queue(test.Links.Find(0, 1)).UsedIndex = 0x4000;
        Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out _));

        Assert.Equal(BusStatus.BrokenLink, test[0].TrySendTo(1, "x"u8));
        Assert.Equal(BusStatus.BrokenLink, test[0].CommitTo(1, 1));
        Assert.Equal(BusStatus.BrokenLink, test[0].CancelTo(1));
        Assert.Equal(BusStatus.BrokenLink, test[0].TryReserveTo(1, out Span<byte> room));
        Assert.Equal(0, room.Length);
        Assert.Equal(BusStatus.BrokenLink, test[0].Broadcast("x"u8));
        Assert.Equal(1, test[2].Receive(0, _buffer));
    }

    [Fact]
    public void A_message_that_is_shown_and_those_behind_it_outlive_the_senders_end_of_the_link()
    {
        using TestBus test = Create(queueSize: 2);
        test[0].SendTo(1, "one"u8);
        test[0].SendTo(1, "three"u8);
        Assert.Equal(BusStatus.Ok, test[1].PeekFrom(0, out ReadOnlySpan<byte> message));
        *test.Links.Queue(test.Links.Find(0, 1)).AvailIndex += 0x4000;
        Assert.Equal(BusStatus.BrokenLink, test[0].TrySendTo(1, "x"u8));

        Assert.Equal(BusStatus.Peeked, test[1].TryRecvFrom(0, _buffer, out _));
        Assert.Equal("one"u8, message);
        Assert.Equal(BusStatus.Ok, test[1].ReleaseFrom(0));
        Assert.Equal(5, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out _));
        Assert.Equal(BusStatus.BrokenLink, test[1].ReleaseFrom(0));
        Assert.Equal(BusStatus.BrokenLink, test[1].CancelFrom(0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    public void Messages_in_place_and_copied_ones_alternate_round_and_round(int queueSize)
    {
        using TestBus test = Create(queueSize);
        Queue<byte> sent = new();
        for (int i = 0; i < 10 * queueSize; i++)
        {
            if (i % 3 == 0)
            {
                Assert.Equal(BusStatus.Ok, test[0].TryReserveTo(1, out Span<byte> room));
                room[0] = (byte)i;
                Assert.Equal(BusStatus.Ok, test[0].CommitTo(1, 1, more: i % 2 == 0));
            }
            else
            {
                Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, [(byte)i]));
            }

            sent.Enqueue((byte)i);
            while (i % 2 == 1 && sent.Count > 0)
            {
                Assert.Equal(BusStatus.Ok, test[1].TryPeekFrom(0, out ReadOnlySpan<byte> message));
                Assert.Equal([sent.Dequeue()], message);
                Assert.Equal(BusStatus.Ok, test[1].ReleaseFrom(0));
            }
        }

        Assert.Equal(0, test.Bus.CountBrokenLinks());
    }

    private static Dictionary<string, Func<BusEndpoint, BusStatus>> Sends(byte* memory) => new()
    {
        [nameof(BusEndpoint.SendTo)] = end => end.SendTo(1, "overtake"u8),
        ["SendTo, timed"] = end => end.SendTo(1, "overtake"u8, timeoutNs: 1),
        ["SendTo, long"] = end => end.SendTo(1, new byte[BufferSize]),
        [nameof(BusEndpoint.TrySendTo)] = end => end.TrySendTo(1, "overtake"u8),
        [nameof(BusEndpoint.SendBatchTo)] = end => end.SendBatchTo(1, "overtake"u8, 2, out _),
        [nameof(BusEndpoint.SendLargeTo)] = end => end.SendLargeTo(1, new ReadOnlySpan<byte>(memory, 100)),
        [nameof(BusEndpoint.TryLendTo)] = end => end.TryLendTo(1, memory, 100, out _),
        [nameof(BusEndpoint.Broadcast)] = end => end.Broadcast("overtake"u8),
    };

    private static Dictionary<string, Func<BusEndpoint, BusStatus>> Receives(byte[] buffer) => new()
    {
        [nameof(BusEndpoint.RecvFrom)] = end => end.RecvFrom(0, buffer, out _),
        ["RecvFrom, timed"] = end => end.RecvFrom(0, buffer, timeoutNs: 1, out _),
        [nameof(BusEndpoint.TryRecvFrom)] = end => end.TryRecvFrom(0, buffer, out _),
        [nameof(BusEndpoint.RecvBatchFrom)] = end => end.RecvBatchFrom(0, buffer, new int[3], out _),
    };

    private TestBus Create(int queueSize = 8) =>
        new(3, _sleep, queueSize, BufferSize, lendable: new LendableStretch(_memory.Start, _memory.Bytes));
}

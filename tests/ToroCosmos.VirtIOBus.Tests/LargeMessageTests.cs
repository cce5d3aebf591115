using System;
using System.Collections.Generic;
using System.Threading;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>Messages that are lent: longer than a buffer, copied once.</summary>
public sealed unsafe class LargeMessageTests : IDisposable
{
    private const ulong LongNs = 1_000_000_000_000;
    private const int BufferSize = 64;

    private readonly ScriptedSleep _sleep = new();
    private readonly AlignedMemory _memory = new(64 * 1024);
    private readonly byte[] _buffer = new byte[64 * 1024];

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(BufferSize)]
    [InlineData(BufferSize + 1)]
    [InlineData(BufferSize + 16)]
    [InlineData(60_001)]
    public void A_lent_message_of_any_length_is_received_like_any_other(int length)
    {
        using TestBus test = Create();
        Span<byte> message = new(_memory.Start, length);
        new Random(length).NextBytes(message);

        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, length, out _));
        Assert.Equal(length, test[1].Receive(0, _buffer));
        Assert.True(message.SequenceEqual(_buffer.AsSpan(0, length)));
    }

    [Fact]
    public void An_empty_message_can_be_sent_as_a_large_one_from_nowhere()
    {
        using TestBus test = Create();
        _sleep.AtSleep = _ => Assert.Equal(0, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.Ok, test[0].SendLargeTo(1, []));
        Assert.Equal(1, _sleep.Sleeps);

        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, null, 0, out BusLoan loan));
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, (byte*)8, 0, out _));
        Assert.Equal(BusStatus.StillLent, test[0].TryAwaitReturn(loan));
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(BusStatus.Ok, test[1].TryPeekFrom(0, out ReadOnlySpan<byte> message));
            Assert.True(message.IsEmpty);
            Assert.Equal(BusStatus.Ok, test[1].ReleaseFrom(0));
            Assert.Equal(BusStatus.Ok, test[0].TryAwaitReturn(loan));
        }

        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void A_lent_message_keeps_its_place_among_copied_ones()
    {
        using TestBus test = Create();
        new Span<byte>(_memory.Start, 100).Fill(7);

        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "before"u8));
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, 100, out _));
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "behind"u8));
        Assert.Equal([6, 100, 6], (int[])[test[1].Receive(0, _buffer), test[1].Receive(0, _buffer), test[1].Receive(0, _buffer)]);
        Assert.Equal("behind"u8, _buffer.AsSpan(0, 6));
    }

    [Fact]
    public void Memory_comes_back_when_its_message_is_taken_and_not_before()
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, 1000, out BusLoan first));
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start + 1000, 1000, out BusLoan second));

        Assert.Equal(BusStatus.StillLent, test[0].TryAwaitReturn(first));
        Assert.Equal(1000, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.Ok, test[0].TryAwaitReturn(first));
        Assert.Equal(BusStatus.StillLent, test[0].TryAwaitReturn(second));
        Assert.Equal(1000, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.Ok, test[0].TryAwaitReturn(second));
        Assert.Equal(BusStatus.Ok, test[0].TryAwaitReturn(first));
    }

    [Fact]
    public void A_lender_that_sleeps_is_woken_when_its_message_is_taken()
    {
        using TestBus test = Create();
        _sleep.AtSleep = _ => Assert.Equal(1000, test[1].Receive(0, _buffer));

        Assert.Equal(BusStatus.Ok, test[0].SendLargeTo(1, new ReadOnlySpan<byte>(_memory.Start, 1000)));
        Assert.Equal(1, _sleep.Sleeps);
        Assert.Equal([0], _sleep.Woken);
    }

    [Fact]
    public void A_lent_message_is_read_in_place_in_the_senders_memory()
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, 5000, out BusLoan loan));

        Assert.Equal(BusStatus.Ok, test[1].TryPeekFrom(0, out ReadOnlySpan<byte> message));
        fixed (byte* place = message)
        {
            Assert.Equal(((nint)_memory.Start, 5000), ((nint)place, message.Length));
        }

        Assert.Equal(BusStatus.StillLent, test[0].TryAwaitReturn(loan));
        Assert.Equal(BusStatus.Ok, test[1].ReleaseFrom(0));
        Assert.Equal(BusStatus.Ok, test[0].TryAwaitReturn(loan));
    }

    [Fact]
    public void A_buffer_too_short_for_a_lent_message_leaves_it_queued_and_tells_its_length()
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, 5000, out _));

        Assert.Equal(BusStatus.TooLong, test[1].TryRecvFrom(0, _buffer.AsSpan(0, 4999), out int length));
        Assert.Equal(5000, length);
        Assert.Equal(5000, test[1].Receive(0, _buffer));
    }

    [Fact]
    public void Memory_that_cannot_be_lent_is_refused_to_the_sender()
    {
        using TestBus test = Create();
        using TestBus without = new(2, _sleep);
        byte outside = 1;

        Assert.Equal(BusStatus.NotLendable, test[0].TryLendTo(1, &outside, 1, out _));
        Assert.Equal(BusStatus.NotLendable, test[0].TryLendTo(1, _memory.Start + 1, 64 * 1024, out _));
        Assert.Equal(BusStatus.NotLendable, without[0].TryLendTo(1, _memory.Start, 1, out _));
        Assert.Equal(BusStatus.InvalidLength, test[0].TryLendTo(1, _memory.Start, -1, out _));
        Assert.Equal(BusStatus.NoSuchCore, test[0].TryLendTo(0, _memory.Start, 1, out _));
        Assert.Equal(BusStatus.NotLent, test[0].TryAwaitReturn(new BusLoan(7, 0, 0)));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(5000)]
    public void A_loan_writes_as_many_bytes_of_its_buffer_as_it_says(int length)
    {
        const byte Unwritten = 0xEE;
        using TestBus test = Create();
        LinkTable links = test.Links;
        Link* link = links.Find(0, 1);
        Span<byte> buffer = new(links.Buffers(link), (int)links.StrideBytes);
        buffer.Fill(Unwritten);

        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, length, out _));
        int used = (int)links.Queue(link).UsedElements[0].Length;
        Assert.True(buffer[..BufferSize].IndexOf(Unwritten) < 0);
        Assert.Equal(BufferSize + LoanReference.Bytes, (uint)used);
        Assert.Equal((uint)length, BitConverter.ToUInt32(buffer[(BufferSize + 8)..]));
        Assert.True(buffer[used..].IndexOfAnyExcept(Unwritten) < 0);
    }

    [Fact]
    public void A_full_queue_takes_no_loan()
    {
        using TestBus test = Create();
        while (test[0].TrySendTo(1, "x"u8) == BusStatus.Ok)
        {
        }

        Assert.Equal(BusStatus.Full, test[0].TryLendTo(1, _memory.Start, 1, out _));
    }

    [Fact]
    public void A_loan_that_was_not_given_is_none_and_is_not_returned()
    {
        using TestBus test = Create();
        while (test[1].TrySendTo(0, "x"u8) == BusStatus.Ok)
        {
        }

        Assert.Equal(BusStatus.Full, test[1].TryLendTo(0, _memory.Start, 1, out BusLoan none));
        Assert.Equal((default, -1), (none, none.Core));
        Assert.Equal(BusStatus.NotLent, test[1].AwaitReturn(none));
        Assert.Equal(1, test[0].Receive(1, _buffer));
        Assert.Equal(BusStatus.NotLent, test[1].AwaitReturn(none));
    }

    [Fact]
    public void The_first_loan_of_core_0_is_one()
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[1].TryLendTo(0, _memory.Start, 1, out BusLoan loan));
        Assert.NotEqual(default, loan);
        Assert.Equal(0, loan.Core);
        Assert.Equal(BusStatus.StillLent, test[1].TryAwaitReturn(loan));
        Assert.Equal(1, test[0].Receive(1, _buffer));
        Assert.Equal(BusStatus.Ok, test[1].TryAwaitReturn(loan));
    }

    [Theory]
    [InlineData(40_000)]
    [InlineData(70_000)]
    [InlineData(140_000)]
    public void A_loan_stays_returned_however_many_messages_follow(int messages)
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, 10, out BusLoan loan));
        Assert.Equal(10, test[1].Receive(0, _buffer));
        for (int i = 0; i < messages; i++)
        {
            test[0].SendTo(1, "x"u8);
            test[1].Receive(0, _buffer);
        }

        Assert.Equal(BusStatus.Ok, test[0].TryAwaitReturn(loan));
    }

    [Theory]
    [InlineData(0x10UL, 100UL)]
    [InlineData(0UL, 0x1_0000_0001UL)]
    [InlineData(0UL, 0x8000_0000UL)]
    [InlineData(0xFFFF_FFFF_FFFF_FFF0UL, 100UL)]
    [InlineData(0UL, 64UL * 1024 + 1)]
    public void A_reference_to_memory_that_cannot_be_lent_breaks_the_link_and_is_not_followed(ulong offset, ulong bytes)
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, 100, out BusLoan loan));
        LinkTable links = test.Links;
        ulong* reference = (ulong*)(links.Buffers(links.Find(0, 1)) + BufferSize);
        reference[0] = offset == 0 ? (ulong)_memory.Start : offset;
        reference[1] = bytes;

        Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out int length));
        Assert.Equal(0, length);
        Assert.Equal(QueueCondition.BadReference, test.Bus.InspectLink(0, 1).ReceiverCondition);
        Assert.Equal(BusStatus.BrokenLink, test[0].AwaitReturn(loan));
        Assert.Equal(BusStatus.Ok, test[1].TrySendTo(0, "the other way still works"u8));
    }

    [Theory]
    [InlineData(BufferSize + 1)]
    [InlineData(BufferSize + 15)]
    [InlineData(BufferSize + 17)]
    public void A_length_between_a_message_and_a_reference_breaks_the_link(int length)
    {
        using TestBus test = Create();
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "x"u8));
        LinkTable links = test.Links;
        links.Queue(links.Find(0, 1)).UsedElements[0].Length = (uint)length;

        Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out _));
        Assert.Equal(QueueCondition.UsedLengthTooLong, test.Bus.InspectLink(0, 1).ReceiverCondition);
    }

    [Fact]
    public void Two_threads_exchange_large_and_small_messages()
    {
        const int Rounds = 2_000;
        using TestBus test = new(
            2, new ThreadSleep(2), queueSize: 4, lendable: new LendableStretch(_memory.Start, _memory.Bytes));
        test.RunCores(
            core =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    int length = 1 + (i * 37 % 9000);
                    new Span<byte>(_memory.Start, length).Fill((byte)i);
                    Assert.Equal(BusStatus.Ok, core.SendLargeTo(1, new ReadOnlySpan<byte>(_memory.Start, length)));

                    // The memory is the sender's again: what it writes now must not be what the receiver read.
                    new Span<byte>(_memory.Start, length).Fill(0xEE);
                    Assert.Equal(BusStatus.Ok, core.SendTo(1, [(byte)i]));
                }
            },
            core =>
            {
                byte[] buffer = new byte[9000];
                for (int i = 0; i < Rounds; i++)
                {
                    int length = core.Receive(0, buffer);
                    Assert.Equal(1 + (i * 37 % 9000), length);
                    Assert.False(buffer.AsSpan(0, length).ContainsAnyExcept((byte)i));
                    Assert.Equal(1, core.Receive(0, buffer));
                    Assert.Equal((byte)i, buffer[0]);
                }
            });
    }

    [Fact]
    public void A_large_message_that_is_not_taken_in_time_stays_lent_until_it_is()
    {
        using TestBus test = Create();
        ReadOnlySpan<byte> message = new(_memory.Start, 1000);
        _sleep.AtSleep = deadline => Assert.NotEqual(ulong.MaxValue, deadline);

        Assert.Equal(BusStatus.StillLent, test[0].SendLargeTo(1, message, timeoutNs: 1, out BusLoan first));
        Assert.Equal(BusStatus.StillLent, test[0].TrySendLargeTo(1, message, out BusLoan second));
        Assert.NotEqual(first, second);
        Assert.Equal(BusStatus.StillLent, test[0].AwaitReturn(first, timeoutNs: 1));

        Assert.Equal(1000, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.Ok, test[0].TryAwaitReturn(first));
        Assert.Equal(BusStatus.StillLent, test[0].TryAwaitReturn(second));
        Assert.Equal(1000, test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.Ok, test[0].AwaitReturn(second));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void A_large_message_that_is_taken_in_time_leaves_no_loan()
    {
        using TestBus test = Create();
        _sleep.AtSleep = _ => test[1].Receive(0, _buffer);

        Assert.Equal(BusStatus.Ok, test[0].SendLargeTo(1, new ReadOnlySpan<byte>(_memory.Start, 1000), LongNs, out BusLoan loan));

        Assert.Equal(default, loan);
        Assert.Equal(BusStatus.NotLent, test[0].AwaitReturn(loan));
    }

    [Fact]
    public void A_large_message_for_which_there_is_no_room_in_time_is_not_sent()
    {
        using TestBus test = Create();
        _sleep.AtSleep = deadline => Assert.NotEqual(ulong.MaxValue, deadline);
        while (test[0].TrySendTo(1, "x"u8) == BusStatus.Ok)
        {
        }

        ReadOnlySpan<byte> message = new(_memory.Start, 1000);
        Assert.Equal(BusStatus.TimedOut, test[0].SendLargeTo(1, message, timeoutNs: 1, out BusLoan loan));
        Assert.Equal(default, loan);
        Assert.Equal(BusStatus.Full, test[0].TrySendLargeTo(1, message, out loan));
        Assert.Equal(default, loan);
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(1, test[1].Receive(0, _buffer));
        }

        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void A_large_message_whose_receiver_breaks_the_link_leaves_the_loan_that_it_may_still_read()
    {
        using TestBus test = Create();
        _sleep.AtSleep = _ =>
        {
            *test.Links.Queue(test.Links.Find(0, 1)).UsedIndex = 0x4000;
            Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out int _));
        };

        Assert.Equal(BusStatus.BrokenLink, test[0].SendLargeTo(1, new ReadOnlySpan<byte>(_memory.Start, 1000), LongNs, out BusLoan loan));

        Assert.Equal(1, loan.Core);
        Assert.Equal(BusStatus.BrokenLink, test[0].AwaitReturn(loan));
    }

    [Fact]
    public void The_time_limit_of_a_large_message_is_that_of_both_its_waits_together()
    {
        using TestBus test = Create();
        while (test[0].TrySendTo(1, "x"u8) == BusStatus.Ok)
        {
        }

        List<ulong> deadlines = [];
        _sleep.AtSleep = deadline =>
        {
            deadlines.Add(deadline);
            while (test[1].TryRecvFrom(0, _buffer, out int received) == BusStatus.Ok && received == 1)
            {
                // The last of them is the large one.
            }
        };

        Assert.Equal(BusStatus.Ok, test[0].SendLargeTo(1, new ReadOnlySpan<byte>(_memory.Start, 1000), LongNs, out _));

        Assert.Equal(2, deadlines.Count);
        Assert.Equal(deadlines[0], deadlines[1]);
    }

    [Fact]
    public void A_loan_that_another_endpoint_gave_is_none_of_this_one()
    {
        using TestBus test = new(3, _sleep, bufferSize: BufferSize, lendable: new LendableStretch(_memory.Start, _memory.Bytes));
        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, _memory.Start, 100, out BusLoan loan));

        Assert.Equal(BusStatus.NotLent, test[1].TryAwaitReturn(loan));
        Assert.Equal(BusStatus.NotLent, test[2].TryAwaitReturn(loan));
        Assert.Equal(BusStatus.Ok, test[2].TrySendTo(1, "x"u8));
        Assert.Equal(BusStatus.StillLent, test[0].TryAwaitReturn(loan));
    }

    [Fact]
    public void Two_threads_that_send_each_other_large_messages_with_a_time_limit_both_return_and_can_go_on()
    {
        const int Rounds = 20;
        using TestBus test = new(
            2, new ThreadSleep(2), queueSize: 4, lendable: new LendableStretch(_memory.Start, _memory.Bytes));

        int stillLent = 0;

        void Exchange(BusEndpoint core)
        {
            int peer = 1 - core.Core;
            byte* memory = _memory.Start + (core.Core * 4096);
            byte[] buffer = new byte[4096];
            for (int i = 0; i < Rounds; i++)
            {
                new Span<byte>(memory, 4096).Fill((byte)i);

                // Neither takes the other's before its own call has returned.
                BusStatus status = core.SendLargeTo(peer, new ReadOnlySpan<byte>(memory, 4096), 1_000_000, out BusLoan loan);
                Assert.Equal(4096, core.Receive(peer, buffer));
                Assert.False(buffer.AsSpan().ContainsAnyExcept((byte)i));
                if (status == BusStatus.StillLent)
                {
                    Interlocked.Increment(ref stillLent);
                    status = core.AwaitReturn(loan);
                }

                Assert.Equal(BusStatus.Ok, status);
            }
        }

        test.RunCores(Exchange, Exchange);

        // In each round the limit of one or both has passed.
        Assert.InRange(stillLent, Rounds, 2 * Rounds);
    }

    private TestBus Create() =>
        new(2, _sleep, bufferSize: BufferSize, lendable: new LendableStretch(_memory.Start, _memory.Bytes));
}

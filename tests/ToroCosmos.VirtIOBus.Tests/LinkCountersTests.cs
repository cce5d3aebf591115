using System;
using System.Collections.Generic;
using System.Text;
using ToroCosmos.Platform;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Diagnostics;
using ToroCosmos.VirtIOBus.Links;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>What a link tells of what happened on it.</summary>
public sealed unsafe class LinkCountersTests : IDisposable
{
    /// <summary>Where a sender's private block counts messages.</summary>
    private const int NextOffset = 4 * sizeof(ulong);

    private static List<string>? s_lines;

    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];
    private readonly AlignedMemory _lent = new(4096);
    private readonly TestBus _test;

    public LinkCountersTests()
    {
        _test = new TestBus(3, _sleep, queueSize: 4, lendable: new LendableStretch(_lent.Start, _lent.Bytes));
    }

    public void Dispose()
    {
        _test.Dispose();
        _lent.Dispose();
    }

    [Fact]
    public void Messages_and_bytes_are_counted_whichever_way_they_are_sent()
    {
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "four"u8));
        Assert.Equal(BusStatus.Ok, _test[0].ReserveTo(1, out _));
        Assert.Equal(BusStatus.Ok, _test[0].CommitTo(1, 10));
        Assert.Equal(BusStatus.Ok, _test[0].SendBatchTo(1, "abcdef"u8, 3, out _));
        AssertCounts(messages: 4, bytes: 20);

        Drain();
        Assert.Equal(BusStatus.Ok, _test[0].Broadcast("12345"u8));
        Assert.Equal(BusStatus.Ok, _test[0].TryLendTo(1, _lent.Start, 4000, out _));
        AssertCounts(messages: 6, bytes: 20 + 5 + 64 + 16);
        Assert.Equal(1ul, _test.Bus.ReadCounters(0, 2).Messages);
        Assert.True(_test.Bus.ReadCounters(1, 0).IsIdle);
    }

    [Fact]
    public void More_messages_are_counted_than_32_bits_hold()
    {
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "x"u8));
        for (int i = 0; i < 3; i++)
        {
            Drain();
            Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "x"u8));
        }

        // As if many had been sent in between: a multiple of what the ring's index counts.
        *(uint*)((byte*)&_test.Links.Find(0, 1)->Sender + NextOffset) += 0xFFFF_0000u;
        ulong before = _test.Bus.ReadCounters(0, 1).Messages;
        for (int i = 0; i < 100_000; i++)
        {
            Drain();
            Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "x"u8));
        }

        Assert.Equal(before + 100_000, _test.Bus.ReadCounters(0, 1).Messages);
        Assert.True(before < uint.MaxValue && before + 100_000 > uint.MaxValue);
    }

    [Fact]
    public void Calls_that_find_no_room_or_wait_for_a_message_are_counted_once_each()
    {
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(BusStatus.Ok, _test[0].TrySendTo(1, "x"u8));
        }

        Assert.Equal(0ul, _test.Bus.ReadCounters(0, 1).Full);
        Assert.Equal(BusStatus.Full, _test[0].TrySendTo(1, "x"u8));
        _sleep.AtSleep = _ => { };
        Assert.Equal(BusStatus.TimedOut, _test[0].SendTo(1, "x"u8, timeoutNs: 1_000_000));
        Assert.Equal(2ul, _test.Bus.ReadCounters(0, 1).Full);

        Assert.Equal(BusStatus.Empty, _test[0].TryRecvFrom(1, _buffer, out _));
        Assert.Equal(BusStatus.TimedOut, _test[0].RecvFrom(1, _buffer, timeoutNs: 1_000_000, out _));
        Assert.Equal(1ul, _test.Bus.ReadCounters(1, 0).Empty);
    }

    [Fact]
    public void Sleeps_and_wake_ups_are_counted_at_both_ends()
    {
        _sleep.AtSleep = _ => Assert.Equal(BusStatus.Ok, _test[1].SendTo(0, "x"u8));
        Assert.Equal(1, _test[0].Receive(1, _buffer));
        Assert.Equal(BusStatus.Ok, _test[0].RecvFromAny(_buffer, out _, out _));
        LinkCounters counters = _test.Bus.ReadCounters(1, 0);
        Assert.Equal((2ul, 2ul, 0ul, 0ul), (counters.ReceiverSleeps, counters.ReceiverWakeUps, counters.SenderSleeps, counters.SenderWakeUps));
        counters = _test.Bus.ReadCounters(2, 0);
        Assert.Equal((1ul, 0ul), (counters.ReceiverSleeps, counters.ReceiverWakeUps));

        while (_test[0].TrySendTo(2, "x"u8) == BusStatus.Ok)
        {
        }

        _sleep.AtSleep = _ => Assert.Equal(1, _test[2].Receive(0, _buffer));
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(2, "x"u8));
        counters = _test.Bus.ReadCounters(0, 2);
        Assert.Equal((1ul, 1ul, 0ul, 0ul), (counters.SenderSleeps, counters.SenderWakeUps, counters.ReceiverSleeps, counters.ReceiverWakeUps));
    }

    [Fact]
    public void Violations_are_counted_by_kind_and_counts_outlive_resets()
    {
        for (int i = 1; i <= 3; i++)
        {
            Assert.Equal(BusStatus.Ok, _test[0].TrySendTo(1, "12345678"u8));
            Drain();
            *_test.Links.Queue(_test.Links.Find(0, 1)).UsedIndex ^= 0x4000;
            Assert.Equal(BusStatus.BrokenLink, _test[1].TryRecvFrom(0, _buffer, out _));
            Assert.Equal(i, _test.Bus.CountViolations(0, 1, QueueCondition.UsedIndexJump));
            Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
            Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
            Assert.Equal(i, _test.Bus.CountViolations(0, 1, QueueCondition.UsedIndexJump));
        }

        *_test.Links.Queue(_test.Links.Find(0, 1)).AvailIndex ^= 0x4000;
        while (_test[0].TrySendTo(1, "12345678"u8) == BusStatus.Ok)
        {
        }

        Assert.Equal(1, _test.Bus.CountViolations(0, 1, QueueCondition.AvailIndexJump));
        Assert.Equal(BusStatus.Ok, _test[0].Close());
        Assert.Equal(1, _test.Bus.CountViolations(0, 1, QueueCondition.AvailIndexJump));
        Assert.Equal(0, _test.Bus.CountViolations(0, 1, QueueCondition.BrokenByPeer));
        Assert.Equal(0, _test.Bus.CountViolations(0, 1, QueueCondition.Closed));
        Assert.Equal(0, _test.Bus.CountViolations(0, 0, QueueCondition.UsedIndexJump));
        LinkCounters counters = _test.Bus.ReadCounters(0, 1);
        Assert.Equal((3ul, 24ul, 4ul, 3u), (counters.Messages, counters.Bytes, counters.Violations, counters.Resets));
    }

    [Fact]
    public void The_table_has_a_line_for_each_link_that_was_used_and_tells_what_is_wrong()
    {
        Assert.Equal(BusStatus.Ok, _test[0].TrySendTo(1, "12345678"u8));
        Assert.Equal(BusStatus.Ok, _test[2].TrySendTo(1, "1"u8));
        *_test.Links.Queue(_test.Links.Find(2, 1)).UsedIndex ^= 0x4000;
        Assert.Equal(BusStatus.BrokenLink, _test[1].TryRecvFrom(2, _buffer, out _));
        Assert.Equal(BusStatus.Ok, _test[2].ResetTo(1));
        Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(2));

        string[] expected =
        [
            "   link     messages           bytes      full     empty    sleeps  wake-ups",
            "  0->1             1               8         0         0         0         0",
            "  2->1             1               1         0         0         0         0",
            "     Core[2]->Core[1] is ready",
            "     resets: 1",
            "     used index jumped: 1",
            "  all              2               9         0         0         0         0",
        ];
        Assert.Equal(expected, Print());
        Assert.All(expected, line => Assert.InRange(line.Length, 1, 79));
    }

    [Fact]
    public void A_number_that_is_wider_than_its_column_shifts_the_rest()
    {
        TextLine line = new();
        LinkCounters most = new() { Messages = 999_999_999_999, Bytes = 999_999_999_999_999, Full = 7, Empty = 8, SenderSleeps = 4, ReceiverSleeps = 5, ReceiverWakeUps = 6, SenderWakeUps = 2 };
        Assert.Equal("127->255999999999999 999999999999999         7         8         9         8", Text(line.AppendLinkRow(127, 255, most)));
        line.Clear();
        Assert.Equal("  0->1  18446744073709551615               0         0         0         0         0", Text(line.AppendLinkRow(0, 1, new LinkCounters { Messages = ulong.MaxValue })));
    }

    private List<string> Print()
    {
        s_lines = [];
        _test.Bus.WriteLinks(new TextLine(80), &Keep);
        return s_lines;
    }

    private static void Keep(TextLine line)
    {
        s_lines!.Add(Text(line));
        line.Clear();
    }

    private static string Text(TextLine line) => Encoding.ASCII.GetString(line.Text);

    private void Drain()
    {
        while (_test[1].TryRecvFrom(0, _buffer, out _) == BusStatus.Ok)
        {
        }
    }

    private void AssertCounts(ulong messages, ulong bytes)
    {
        LinkCounters counters = _test.Bus.ReadCounters(0, 1);
        Assert.Equal((messages, bytes), (counters.Messages, counters.Bytes));
    }
}

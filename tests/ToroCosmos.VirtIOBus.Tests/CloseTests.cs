using System;
using ToroCosmos.Platform;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Diagnostics;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>A core that leaves the bus, and what the others learn of it.</summary>
public sealed unsafe class CloseTests : IDisposable
{
    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];
    private readonly AlignedMemory _lent = new(4096);
    private readonly TestBus _test;

    public CloseTests()
    {
        _test = new TestBus(3, _sleep, queueSize: 4, lendable: new LendableStretch(_lent.Start, _lent.Bytes));
    }

    public void Dispose()
    {
        _test.Dispose();
        _lent.Dispose();
    }

    [Fact]
    public void What_was_sent_before_is_received_also_what_was_kept_back()
    {
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "first"u8));
        Assert.Equal(BusStatus.Ok, _test[0].ReserveTo(1, out _));
        Assert.Equal(BusStatus.Ok, _test[0].CommitTo(1, 2, more: true));
        Assert.Equal(BusStatus.Ok, _test[0].Close());

        Assert.Equal(5, _test[1].Receive(0, _buffer));
        Assert.Equal(2, _test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.Closed, _test[1].RecvFrom(0, _buffer, out _));
        Assert.Equal(BusStatus.Closed, _test[1].TryPeekFrom(0, out _));
        Assert.Equal(LinkState.Closed, _test.Bus.InspectLink(0, 1).State);
        Assert.Equal(0, _test.Bus.CountBrokenLinks());
    }

    [Fact]
    public void A_core_that_waits_for_a_message_is_woken()
    {
        _sleep.AtSleep = _ =>
        {
            Assert.Equal(BusStatus.Ok, _test[0].Close());
            Assert.Contains(1, _sleep.Woken);
        };
        Assert.Equal(BusStatus.Closed, _test[1].RecvFrom(0, _buffer, out _));
        Assert.Equal(1, _sleep.Sleeps);
    }

    [Fact]
    public void A_core_that_waits_for_room_is_woken()
    {
        while (_test[1].TrySendTo(0, "x"u8) == BusStatus.Ok)
        {
        }

        _sleep.AtSleep = _ => Assert.Equal(BusStatus.Ok, _test[0].Close());
        Assert.Equal(BusStatus.Closed, _test[1].SendTo(0, "x"u8));
        Assert.Equal(1, _sleep.Sleeps);
    }

    [Fact]
    public void A_core_that_waits_for_any_waits_for_those_that_are_left()
    {
        Assert.Equal(BusStatus.Ok, _test[0].Close());
        Assert.Equal(BusStatus.Ok, _test[2].SendTo(1, "x"u8));
        Assert.Equal(BusStatus.Ok, _test[1].RecvFromAny(_buffer, out int core, out _));
        Assert.Equal(2, core);
        Assert.Equal(BusStatus.Empty, _test[1].TryRecvFromAny(_buffer, out _, out _));

        Assert.Equal(BusStatus.Ok, _test[2].Close());
        Assert.Equal(BusStatus.Closed, _test[1].RecvFromAny(_buffer, out core, out _));
        Assert.Equal(-1, core);
    }

    [Fact]
    public void A_broadcast_reaches_who_is_left()
    {
        Assert.Equal(BusStatus.Ok, _test[1].Close());
        Assert.Equal(BusStatus.Closed, _test[0].Broadcast("all"u8));
        Assert.Equal(3, _test[2].Receive(0, _buffer));
        Assert.Equal(BusStatus.Closed, _test[0].TrySendTo(1, "x"u8));
    }

    [Fact]
    public void A_core_may_close_before_its_queues_are_initialized()
    {
        using TestBus test = new(2, _sleep, initialize: false);
        Assert.Equal(BusStatus.Ok, test[1].Close());
        Assert.Equal(BusStatus.Closed, test[0].SendTo(1, "x"u8));
        Assert.Equal(BusStatus.Closed, test[1].InitializeQueueFrom(0));
        Assert.Equal(BusStatus.Ok, test[0].InitializeQueueFrom(1));
        Assert.Equal(BusStatus.Closed, test[0].RecvFrom(1, _buffer, out _));
    }

    [Fact]
    public void A_link_that_was_broken_is_closed_too()
    {
        *_test.Links.Queue(_test.Links.Find(1, 0)).UsedIndex = 0x4000;
        Assert.Equal(BusStatus.BrokenLink, _test[0].TryRecvFrom(1, _buffer, out _));
        Assert.Equal(BusStatus.Ok, _test[0].Close());
        Assert.Equal(BusStatus.Closed, _test[0].TryRecvFrom(1, _buffer, out _));
        Assert.Equal(LinkState.Closed, _test.Bus.InspectLink(1, 0).State);
    }

    [Fact]
    public void Memory_that_was_lent_before_is_awaited_after()
    {
        Assert.Equal(BusStatus.Ok, _test[0].TryLendTo(1, _lent.Start, 100, out BusLoan loan));
        Assert.Equal(BusStatus.Ok, _test[0].Close());
        Assert.Equal(BusStatus.StillLent, _test[0].AwaitReturn(loan, timeoutNs: 0));
        byte[] large = new byte[100];
        _sleep.AtSleep = _ => Assert.Equal(100, _test[1].Receive(0, large));
        Assert.Equal(BusStatus.Ok, _test[0].AwaitReturn(loan, TimeLimit.None));
    }

    [Fact]
    public void A_receiver_that_jumps_after_the_sender_has_closed_is_noticed()
    {
        Assert.Equal(BusStatus.Ok, _test[0].TryLendTo(1, _lent.Start, 100, out BusLoan loan));
        Assert.Equal(BusStatus.Ok, _test[0].Close());
        *_test.Links.Queue(_test.Links.Find(0, 1)).AvailIndex = 0x4000;
        Assert.Equal(BusStatus.BrokenLink, _test[0].AwaitReturn(loan, TimeLimit.None));
        Assert.Equal(QueueCondition.AvailIndexJump, _test.Bus.InspectLink(0, 1).SenderCondition);
    }

    [Fact]
    public void A_lender_learns_that_the_receiver_has_closed_and_reads_no_more()
    {
        Assert.Equal(BusStatus.Ok, _test[0].TryLendTo(1, _lent.Start, 100, out BusLoan loan));
        _sleep.AtSleep = _ => Assert.Equal(BusStatus.Ok, _test[1].Close());
        Assert.Equal(BusStatus.Closed, _test[0].AwaitReturn(loan, TimeLimit.None));
        Assert.Equal(BusStatus.Closed, _test[0].AwaitReturn(loan, timeoutNs: 0));
    }

    [Fact]
    public void Both_ends_open_a_link_again_by_resetting_it()
    {
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "lost"u8));
        Assert.Equal(BusStatus.Ok, _test[1].Close());
        Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));

        // Until the receiver has opened its end, it is closed: nobody waits for it.
        Assert.Equal(BusStatus.Closed, _test[0].SendTo(1, "x"u8));
        Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "new"u8));
        Assert.Equal(3, _test[1].Receive(0, _buffer));

        Assert.Equal(BusStatus.Ok, _test[1].ResetTo(0));
        Assert.Equal(BusStatus.Ok, _test[0].ResetFrom(1));
        Assert.Equal(BusStatus.Ok, _test[1].SendTo(0, "back"u8));
        Assert.Equal(4, _test[0].Receive(1, _buffer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sender_that_closes_again_is_not_followed_before_it_opens_again(bool hasReceiverFollowed)
    {
        Assert.Equal(BusStatus.Ok, _test[0].Close());
        Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
        if (hasReceiverFollowed)
        {
            Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
        }

        Assert.Equal(BusStatus.Ok, _test[0].Close());
        Assert.Equal(BusStatus.Closed, _test[1].TryRecvFrom(0, _buffer, out _));
        Assert.Equal(BusStatus.NotReady, _test[1].TryResetFrom(0));

        Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
        Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "x"u8));
        Assert.Equal(1, _test[1].Receive(0, _buffer));
    }
}

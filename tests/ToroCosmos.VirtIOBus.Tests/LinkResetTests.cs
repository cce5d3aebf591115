using System;
using System.Linq;
using ToroCosmos.Platform;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Diagnostics;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>A link that was broken is used again when both of its ends have reset it.</summary>
public sealed unsafe class LinkResetTests : IDisposable
{
    private const int QueueSize = 4;

    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];
    private readonly AlignedMemory _lent = new(4096);
    private readonly TestBus _test;

    public LinkResetTests()
    {
        _test = new TestBus(3, _sleep, QueueSize, lendable: new LendableStretch(_lent.Start, _lent.Bytes));
    }

    private Link* Link => _test.Links.Find(0, 1);

    public void Dispose()
    {
        _test.Dispose();
        _lent.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Messages_flow_again_whichever_end_is_reset_first(bool isSenderFirst)
    {
        BreakAtTheReceiver();
        if (isSenderFirst)
        {
            Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
            Assert.Equal(BusStatus.NotReady, _test[0].TrySendTo(1, "x"u8));
        }
        else
        {
            Assert.Equal(BusStatus.NotReady, _test[1].TryResetFrom(0));
            Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
        }

        Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
        Assert.Equal(LinkState.Ready, _test.Bus.InspectLink(0, 1).State);
        AssertMessagesFlow();
    }

    [Fact]
    public void A_reset_can_be_repeated_and_follow_another_a_hundred_times()
    {
        for (int i = 0; i < 100; i++)
        {
            BreakAtTheReceiver();
            Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
            Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
            Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
            Assert.Equal(BusStatus.NotBroken, _test[1].TryResetFrom(0));
            Assert.Equal(BusStatus.NotBroken, _test[0].ResetTo(1));
            AssertMessagesFlow();
        }
    }

    [Fact]
    public void A_link_that_works_is_not_reset()
    {
        Assert.Equal(BusStatus.NotBroken, _test[0].ResetTo(1));
        Assert.Equal(BusStatus.NotBroken, _test[1].ResetFrom(0));
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "x"u8));
        Assert.Equal(BusStatus.NotBroken, _test[0].ResetTo(1));
        Assert.Equal(BusStatus.NotBroken, _test[1].ResetFrom(0, timeoutNs: 1));
        Assert.Equal(1, _test[1].Receive(0, _buffer));
    }

    [Fact]
    public void A_receiver_that_waits_for_the_senders_reset_is_woken_by_it()
    {
        BreakAtTheReceiver();
        _sleep.AtSleep = _ =>
        {
            Assert.Equal(BusStatus.BrokenLink, _test[0].TrySendTo(1, "x"u8));
            _sleep.Woken.Clear();
            Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
            Assert.Equal([1], _sleep.Woken);
        };

        Assert.Equal(BusStatus.Ok, _test[1].ResetFrom(0));
        Assert.Equal(1, _sleep.Sleeps);
        AssertMessagesFlow();
    }

    [Fact]
    public void A_sender_that_waits_for_the_receivers_reset_is_woken_by_it()
    {
        BreakAtTheReceiver();
        Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
        _sleep.AtSleep = _ =>
        {
            _sleep.Woken.Clear();
            Assert.Equal(BusStatus.Ok, _test[1].ResetFrom(0));
            Assert.Equal([0], _sleep.Woken);
        };

        Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "late"u8));
        Assert.Equal(4, _test[1].Receive(0, _buffer));
    }

    [Fact]
    public void A_sender_that_never_resets_holds_a_receiver_up_for_its_time_limit_only()
    {
        BreakAtTheReceiver();
        _sleep.AtSleep = _ => { };
        Assert.Equal(BusStatus.TimedOut, _test[1].ResetFrom(0, timeoutNs: 1_000_000));
        Assert.Equal(BusStatus.BrokenLink, _test[1].RecvFrom(0, _buffer, out _));
        Assert.Equal(LinkState.Broken, _test.Bus.InspectLink(0, 1).State);
    }

    [Fact]
    public void A_receiver_that_works_learns_of_the_senders_reset_after_it_has_all_messages()
    {
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "last"u8));
        BreakAtTheSender();
        Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));

        Assert.Equal(4, _test[1].Receive(0, _buffer));
        for (int i = 1; i < QueueSize; i++)
        {
            Assert.Equal(1, _test[1].Receive(0, _buffer));
        }

        Assert.Equal(BusStatus.BrokenLink, _test[1].RecvFrom(0, _buffer, out _));
        Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
        AssertMessagesFlow();
    }

    [Fact]
    public void Messages_that_were_not_received_or_not_shown_and_places_that_were_held_are_gone()
    {
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(1, "sent"u8));
        Assert.Equal(BusStatus.Ok, _test[0].ReserveTo(1, out _));
        Assert.Equal(BusStatus.Ok, _test[0].CommitTo(1, 1, more: true));
        Assert.Equal(BusStatus.Ok, _test[1].PeekFrom(0, out _));
        Assert.Equal(BusStatus.Ok, _test[0].ReserveTo(1, out _));
        Link->SenderState = 0xDEAD;
        Link->ReceiverState = 0xBEEF;

        // Reserved room hides the receiver's word until it is given up.
        Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
        Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));

        Assert.Equal(BusStatus.NotReserved, _test[0].CommitTo(1, 1));
        Assert.Equal(BusStatus.NotPeeked, _test[1].ReleaseFrom(0));
        Assert.Equal(BusStatus.Empty, _test[1].TryRecvFrom(0, _buffer, out _));
        AssertMessagesFlow();
    }

    [Fact]
    public void Whatever_stands_in_the_ring_is_written_anew()
    {
        BreakAtTheReceiver();
        Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
        byte* queue = (byte*)_test.Links.Queue(Link).Descriptors;
        new Random(1).NextBytes(new Span<byte>(queue, (int)(_test.Links.Buffers(Link) - queue)));
        Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
        AssertMessagesFlow();
    }

    [Fact]
    public void Canaries_are_written_anew()
    {
        using TestBus test = new(2, _sleep, checks: BusChecks.Full);
        Link* link = test.Links.Find(0, 1);
        test.Links.Buffers(link)[test.Links.BufferBytes] ^= 1;
        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));
        Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out _));

        Assert.Equal(BusStatus.Ok, test[0].ResetTo(1));
        Assert.Equal(BusStatus.Ok, test[1].TryResetFrom(0));
        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));
        Assert.Equal(1, test[1].Receive(0, _buffer));
    }

    [Fact]
    public void Lent_memory_is_returned_when_the_receiver_has_reset_its_end_and_not_before()
    {
        Assert.Equal(BusStatus.Ok, _test[0].TryLendTo(1, _lent.Start, 100, out BusLoan loan));
        Assert.Equal(BusStatus.Ok, _test[1].PeekFrom(0, out ReadOnlySpan<byte> shown));
        Assert.Equal(100, shown.Length);
        BreakAtTheSender();
        Assert.Equal(BusStatus.BrokenLink, _test[0].AwaitReturn(loan, timeoutNs: 0));

        Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
        Assert.Equal(BusStatus.StillLent, _test[0].AwaitReturn(loan, timeoutNs: 0));
        _sleep.AtSleep = _ => Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
        Assert.Equal(BusStatus.Ok, _test[0].AwaitReturn(loan, TimeLimit.None));

        // For ever: also when the numbers of messages begin anew, and after one reset more.
        AssertMessagesFlow();
        Assert.Equal(BusStatus.Ok, _test[0].TryLendTo(1, _lent.Start, 100, out BusLoan later));
        Assert.Equal(BusStatus.Ok, _test[0].AwaitReturn(loan, timeoutNs: 0));
        Assert.Equal(BusStatus.StillLent, _test[0].AwaitReturn(later, timeoutNs: 0));
        BreakAtTheReceiver();
        Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
        Assert.Equal(BusStatus.Ok, _test[0].AwaitReturn(loan, timeoutNs: 0));
        Assert.Equal(BusStatus.StillLent, _test[0].AwaitReturn(later, timeoutNs: 0));
    }

    [Fact]
    public void Other_links_do_not_notice()
    {
        Assert.Equal(BusStatus.Ok, _test[0].SendTo(2, "to 2"u8));
        Assert.Equal(BusStatus.Ok, _test[1].SendTo(0, "to 0"u8));
        BreakAtTheReceiver();
        Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
        Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
        Assert.Equal(4, _test[2].Receive(0, _buffer));
        Assert.Equal(4, _test[0].Receive(1, _buffer));
    }

    [Theory]
    [InlineData(0x00000000u)]
    [InlineData(0x00000001u)]
    [InlineData(0x00000002u)]
    [InlineData(0x00000003u)]
    [InlineData(0x00000100u)]
    [InlineData(0x00000101u)]
    [InlineData(0x00000200u)]
    [InlineData(0x00000301u)]
    [InlineData(0xFFFFFF00u)]
    [InlineData(0xFFFFFF01u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x000000C8u)]
    public void A_word_that_a_peer_wrote_at_any_time_leaves_a_link_that_can_be_reset(uint word)
    {
        Action[] steps =
        [
            () => _test[0].TrySendTo(1, "x"u8),
            () => _test[1].TryRecvFrom(0, _buffer, out _),
            () => _test[0].ResetTo(1),
            () => _test[1].TryResetFrom(0),
            () => _test[0].TrySendTo(1, "x"u8),
            () => _test[1].TryRecvFrom(0, _buffer, out _),
        ];
        foreach (bool isSenders in (bool[])[true, false])
        {
            for (int at = 0; at <= steps.Length; at++)
            {
                BreakAtTheReceiver();
                for (int i = 0; i < steps.Length; i++)
                {
                    Scribble(i == at, isSenders, word);
                    steps[i]();
                }

                Scribble(at == steps.Length, isSenders, word);
                Repair();
                AssertMessagesFlow();
            }
        }
    }

    [Fact]
    public void A_sender_that_resets_on_and_on_never_meets_a_queue_of_another_generation()
    {
        // It goes ahead of a receiver that does not follow: one generation, however often.
        BreakAtTheReceiver();
        uint before = EndState.GenerationOf(Link->SenderState);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(BusStatus.Ok, _test[0].ResetTo(1));
            Assert.Equal(EndState.Next(before), Link->SenderState);
            Assert.Equal(BusStatus.NotReady, _test[0].TrySendTo(1, "x"u8));
        }

        Assert.Equal(BusStatus.Ok, _test[1].TryResetFrom(0));
        AssertMessagesFlow();
    }

    private void Scribble(bool isNow, bool isSenders, uint word)
    {
        if (isNow)
        {
            *(isSenders ? &Link->SenderState : &Link->ReceiverState) = word;
        }
    }

    /// <summary>What two cores do that do not trust their link: they reset it, which has no effect when it works.</summary>
    private void Repair()
    {
        for (int i = 0; i < 6; i++)
        {
            while (_test[0].TrySendTo(1, "filler"u8) == BusStatus.Ok)
            {
            }

            Assert.Contains(_test[0].ResetTo(1), (BusStatus[])[BusStatus.Ok, BusStatus.NotBroken]);
            while (_test[1].TryRecvFrom(0, _buffer, out _) == BusStatus.Ok)
            {
            }

            Assert.Contains(_test[1].TryResetFrom(0), (BusStatus[])[BusStatus.Ok, BusStatus.NotReady, BusStatus.NotBroken]);
        }
    }

    private void BreakAtTheReceiver()
    {
        *_test.Links.Queue(Link).UsedIndex ^= 0x4000;
        BusStatus status;
        while ((status = _test[1].TryRecvFrom(0, _buffer, out _)) == BusStatus.Ok)
        {
        }

        Assert.Contains(status, (BusStatus[])[BusStatus.BrokenLink, BusStatus.Peeked]);
    }

    private void BreakAtTheSender()
    {
        *_test.Links.Queue(Link).AvailIndex ^= 0x4000;
        while (_test[0].TrySendTo(1, "f"u8) == BusStatus.Ok)
        {
        }

        Assert.Equal(BusStatus.BrokenLink, _test[0].TrySendTo(1, "f"u8));
    }

    private void AssertMessagesFlow()
    {
        for (int i = 0; i < 3 * QueueSize; i++)
        {
            byte[] message = [.. Enumerable.Repeat((byte)i, i)];
            Assert.Equal(BusStatus.Ok, _test[0].TrySendTo(1, message));
            Assert.Equal(BusStatus.Ok, _test[1].TryRecvFrom(0, _buffer, out int length));
            Assert.Equal(message, _buffer[..length]);
        }

        Assert.Equal(BusStatus.Empty, _test[1].TryRecvFrom(0, _buffer, out _));
    }
}

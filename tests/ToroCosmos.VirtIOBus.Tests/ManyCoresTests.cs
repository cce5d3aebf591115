using System;
using System.Linq;
using ToroCosmos.VirtIOBus.Links;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>Broadcast, and receiving from whichever core has sent.</summary>
public sealed unsafe class ManyCoresTests
{
    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];

    [Fact]
    public void A_broadcast_reaches_every_other_core_once()
    {
        using TestBus test = new(4, _sleep);
        Assert.Equal(BusStatus.Ok, test[2].Broadcast("all"u8));
        foreach (int core in (int[])[0, 1, 3])
        {
            Assert.Equal(3, test[core].Receive(2, _buffer));
            Assert.Equal(BusStatus.Empty, test[core].TryRecvFrom(2, _buffer, out _));
        }

        Assert.Equal(BusStatus.TooLong, test[2].Broadcast(new byte[65]));
        Assert.Equal(BusStatus.Empty, test[0].TryRecvFrom(2, _buffer, out _));
    }

    [Fact]
    public void A_broadcast_waits_for_a_slow_core_after_the_others_are_served()
    {
        using TestBus test = new(3, _sleep, queueSize: 2);
        test[0].TrySendTo(2, "1"u8);
        test[0].TrySendTo(2, "2"u8);
        _sleep.AtSleep = _ =>
        {
            Assert.Equal(3, test[1].Receive(0, _buffer));
            Assert.Equal(1, test[2].Receive(0, _buffer));
        };

        Assert.Equal(BusStatus.Ok, test[0].Broadcast("new"u8));
        Assert.Equal(1, test[2].Receive(0, _buffer));
        Assert.Equal(3, test[2].Receive(0, _buffer));
    }

    [Fact]
    public void A_broadcast_passes_over_a_broken_link_and_says_so()
    {
        using TestBus test = new(3, _sleep);
        LinkTable links = test.Links;
        test[0].TrySendTo(1, "x"u8);
        *links.Queue(links.Find(0, 1)).UsedIndex = 0x7000;
        Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out _));
        for (int i = 0; i < 7; i++)
        {
            test[0].TrySendTo(1, "x"u8);
        }

        Assert.Equal(BusStatus.BrokenLink, test[0].Broadcast("all"u8));
        Assert.Equal(3, test[2].Receive(0, _buffer));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_broadcast_passes_over_a_link_that_broke_before_its_sender_used_it(int bad)
    {
        using TestBus test = new(3, _sleep);
        LinkTable links = test.Links;
        *links.Queue(links.Find(0, bad)).UsedIndex = 0x4000;
        Assert.Equal(BusStatus.BrokenLink, test[bad].TryRecvFrom(0, _buffer, out _));

        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(BusStatus.BrokenLink, test[0].Broadcast("all"u8));
            Assert.Equal(3, test[3 - bad].Receive(0, _buffer));
        }

        Assert.Equal(QueueCondition.BrokenByPeer, test.Bus.InspectLink(0, bad).SenderCondition);
    }

    [Fact]
    public void A_broadcast_over_broken_links_only_reaches_nobody_and_says_so()
    {
        using TestBus test = new(3, _sleep);
        foreach (int bad in (int[])[0, 2])
        {
            *test.Links.Queue(test.Links.Find(1, bad)).UsedIndex = 0x4000;
            Assert.Equal(BusStatus.BrokenLink, test[bad].TryRecvFrom(1, _buffer, out _));
        }

        Assert.Equal(BusStatus.BrokenLink, test[1].Broadcast("all"u8));
        Assert.Equal(2, test.Bus.CountBrokenLinks());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    public void A_broadcast_wakes_the_core_that_sleeps_once_and_no_other(int sender, int sleeper)
    {
        using TestBus test = new(3, _sleep);
        _sleep.AtSleep = _ => Assert.Equal(BusStatus.Ok, test[sender].Broadcast("all"u8));
        for (int i = 1; i <= 2; i++)
        {
            Assert.Equal(3, test[sleeper].Receive(sender, _buffer));
            Assert.Equal(Enumerable.Repeat(sleeper, i), _sleep.Woken);
        }
    }

    [Fact]
    public void Cores_take_turns_however_much_one_of_them_sends()
    {
        using TestBus test = new(4, _sleep);
        for (int i = 0; i < 6; i++)
        {
            test[1].TrySendTo(0, "1"u8);
        }

        test[2].TrySendTo(0, "2"u8);
        test[3].TrySendTo(0, "3"u8);
        test[3].TrySendTo(0, "3"u8);

        int[] order = Enumerable.Range(0, 9).Select(_ => ReceiveAny(test)).ToArray();
        Assert.Equal([1, 2, 3, 1, 3, 1, 1, 1, 1], order);
        Assert.Equal(BusStatus.Empty, test[0].TryRecvFromAny(_buffer, out int none, out _));
        Assert.Equal(-1, none);
        Assert.Equal(BusStatus.TimedOut, test[0].RecvFromAny(_buffer, 0, out _, out _));
    }

    [Fact]
    public void A_message_too_long_for_the_buffer_stays_the_next_one()
    {
        using TestBus test = new(3, _sleep);
        test[1].TrySendTo(0, "long"u8);
        test[2].TrySendTo(0, "x"u8);

        Assert.Equal(BusStatus.TooLong, test[0].TryRecvFromAny(_buffer.AsSpan(0, 3), out int core, out int length));
        Assert.Equal((1, 4), (core, length));
        Assert.Equal(4, test[0].ReceiveAny(_buffer, out core));
        Assert.Equal(1, core);
    }

    [Fact]
    public void Whoever_sends_wakes_a_core_that_waits_for_any()
    {
        using TestBus test = new(4, _sleep);
        _sleep.AtSleep = _ => test[3].TrySendTo(0, "here"u8);

        Assert.Equal(4, test[0].ReceiveAny(_buffer, out int core));
        Assert.Equal(3, core);
        Assert.Equal([0], _sleep.Woken);
        test[1].TrySendTo(0, "x"u8);
        Assert.Equal([0], _sleep.Woken);
    }

    [Fact]
    public void A_broken_link_is_passed_over_until_none_is_left()
    {
        using TestBus test = new(3, _sleep);
        LinkTable links = test.Links;
        *links.Queue(links.Find(1, 0)).UsedIndex = 0x7000;
        test[2].TrySendTo(0, "x"u8);

        Assert.Equal(1, test[0].ReceiveAny(_buffer, out int core));
        Assert.Equal(2, core);
        Assert.Equal(BusStatus.Empty, test[0].TryRecvFromAny(_buffer, out _, out _));
        *links.Queue(links.Find(2, 0)).UsedIndex = 0x7000;
        Assert.Equal(BusStatus.BrokenLink, test[0].RecvFromAny(_buffer, out _, out _));
    }

    [Fact]
    public void Three_threads_are_served_by_one_that_receives_from_any()
    {
        const int Messages = 5_000;
        using TestBus test = new(4, new ThreadSleep(4), queueSize: 4);
        Action<BusEndpoint> sender = core =>
        {
            for (int i = 0; i < Messages; i++)
            {
                Assert.Equal(BusStatus.Ok, core.SendTo(0, BitConverter.GetBytes(i)));
            }
        };
        test.RunCores(
            core =>
            {
                int[] next = new int[4];
                byte[] buffer = new byte[64];
                for (int i = 0; i < 3 * Messages; i++)
                {
                    Assert.Equal(4, core.ReceiveAny(buffer, out int from));
                    Assert.Equal(next[from]++, BitConverter.ToInt32(buffer));
                }
            },
            sender,
            sender,
            sender);
    }

    private int ReceiveAny(TestBus test)
    {
        Assert.Equal(1, test[0].ReceiveAny(_buffer, out int core));
        return core;
    }
}

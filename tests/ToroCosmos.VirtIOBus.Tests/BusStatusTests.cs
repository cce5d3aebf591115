using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.VirtIOBus.Diagnostics;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>Each call and each status that needs no second core to run at the same time.</summary>
public sealed unsafe class BusStatusTests
{
    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];

    [Fact]
    public void A_message_arrives_whole_with_its_length()
    {
        using TestBus test = new(3, _sleep);

        Assert.Equal(BusStatus.Ok, test[0].SendTo(2, "ping"u8));
        Assert.Equal(4, test[2].Receive(0, _buffer));
        Assert.Equal("ping"u8.ToArray(), _buffer[..4]);
        Assert.Equal(0, _buffer[4]);
    }

    [Fact]
    public void Every_length_up_to_the_buffer_size_arrives()
    {
        using TestBus test = new(2, _sleep);
        for (int length = 0; length <= 64; length++)
        {
            byte[] message = new byte[length];
            new Random(length).NextBytes(message);
            Array.Fill(_buffer, (byte)0xEE);

            Assert.Equal(BusStatus.Ok, test[1].TrySendTo(0, message));
            Assert.Equal(BusStatus.Ok, test[0].TryRecvFrom(1, _buffer, out int received));

            Assert.Equal(length, received);
            Assert.Equal(message, _buffer[..length]);
            Assert.All(_buffer[length..], value => Assert.Equal(0xEE, value));
        }
    }

    [Fact]
    public void Messages_of_different_senders_do_not_mix()
    {
        using TestBus test = new(3, _sleep);
        test[0].SendTo(2, "from 0"u8);
        test[1].SendTo(2, "1"u8);

        Assert.Equal(1, test[2].Receive(1, _buffer));
        Assert.Equal(6, test[2].Receive(0, _buffer));
        Assert.Equal(BusStatus.Empty, test[2].TryRecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void A_message_of_no_bytes_is_a_message()
    {
        using TestBus test = new(2, _sleep);

        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, []));
        Assert.Equal(0, test[1].Receive(0, []));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, [], out _));
    }

    [Fact]
    public void Sending_to_a_full_queue_is_full_or_times_out()
    {
        using TestBus test = new(2, _sleep, queueSize: 4);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, [(byte)i]));
        }

        _sleep.AtSleep = _ => { };
        Assert.Equal(BusStatus.Full, test[0].TrySendTo(1, "x"u8));
        Assert.Equal(BusStatus.TimedOut, test[0].SendTo(1, "x"u8, timeoutNs: 0));
        Assert.Equal(0, _sleep.Begins);
        Assert.Equal(BusStatus.TimedOut, test[0].SendTo(1, "x"u8, timeoutNs: 1_000_000));

        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(1, test[1].Receive(0, _buffer));
            Assert.Equal(i, _buffer[0]);
        }

        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void Receiving_from_an_empty_queue_is_empty_or_times_out()
    {
        using TestBus test = new(2, _sleep);
        _sleep.AtSleep = _ => { };

        Assert.Equal(BusStatus.Empty, test[0].TryRecvFrom(1, _buffer, out int length));
        Assert.Equal(0, length);
        Assert.Equal(BusStatus.TimedOut, test[0].RecvFrom(1, _buffer, timeoutNs: 0, out _));
        Assert.Equal(0, _sleep.Begins);
        Assert.Equal(BusStatus.TimedOut, test[0].RecvFrom(1, _buffer, timeoutNs: 1_000_000, out length));
        Assert.Equal(0, length);
    }

    [Fact]
    public void Too_long_a_message_is_refused_at_the_sender()
    {
        using TestBus test = new(2, _sleep);
        byte[] message = new byte[65];

        Assert.Equal(BusStatus.TooLong, test[0].SendTo(1, message));
        Assert.Equal(BusStatus.TooLong, test[0].TrySendTo(1, message));
        Assert.Equal(BusStatus.TooLong, test[0].SendTo(1, message, timeoutNs: 1));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, message.AsSpan(1)));
    }

    [Fact]
    public void A_message_longer_than_the_receivers_buffer_stays_queued_and_tells_its_length()
    {
        using TestBus test = new(2, _sleep);
        test[0].SendTo(1, "long message"u8);
        test[0].SendTo(1, "next"u8);

        Assert.Equal(BusStatus.TooLong, test[1].RecvFrom(0, _buffer.AsSpan(0, 11), out _));
        Assert.Equal(BusStatus.TooLong, test[1].TryRecvFrom(0, [], out int needed));
        Assert.Equal(12, needed);
        Assert.Equal(BusStatus.TooLong, test[1].RecvFrom(0, _buffer.AsSpan(0, 3), timeoutNs: 5, out needed));
        Assert.Equal(12, needed);
        Assert.All(_buffer, value => Assert.Equal(0, value));

        Assert.Equal(12, test[1].Receive(0, _buffer.AsSpan(0, 12)));
        Assert.Equal("long message"u8.ToArray(), _buffer[..12]);
        Assert.Equal(4, test[1].Receive(0, _buffer));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Oneself_and_cores_out_of_range_are_no_such_core(int core)
    {
        using TestBus test = new(3, _sleep);
        BusEndpoint one = test[1];

        Assert.Equal(BusStatus.NoSuchCore, one.SendTo(core, "x"u8));
        Assert.Equal(BusStatus.NoSuchCore, one.TrySendTo(core, "x"u8));
        Assert.Equal(BusStatus.NoSuchCore, one.SendTo(core, "x"u8, timeoutNs: 1));
        Assert.Equal(BusStatus.NoSuchCore, one.RecvFrom(core, _buffer, out _));
        Assert.Equal(BusStatus.NoSuchCore, one.TryRecvFrom(core, _buffer, out _));
        Assert.Equal(BusStatus.NoSuchCore, one.RecvFrom(core, _buffer, timeoutNs: 1, out _));
        Assert.Equal(BusStatus.NoSuchCore, one.InitializeQueueFrom(core));
        Assert.Equal(LinkState.None, test.Bus.InspectLink(1, core).State);
    }

    [Fact]
    public void Queues_are_initialised_in_the_order_of_their_senders()
    {
        using TestBus test = new(3, _sleep, initialize: false);
        List<(int Sender, int Receiver)> order = [];
        for (int core = 0; core < 3; core++)
        {
            test[core].InitializeQueues((sender, receiver) => order.Add((sender, receiver)));
        }

        Assert.Equal([(1, 0), (2, 0), (0, 1), (2, 1), (0, 2), (1, 2)], order);
    }

    [Fact]
    public void A_queue_that_is_not_initialized_is_not_ready_for_its_sender_and_tells_when_it_is()
    {
        using TestBus test = new(2, _sleep, initialize: false);

        Assert.Equal(BusStatus.NotReady, test[0].TrySendTo(1, "x"u8));
        Assert.Equal(LinkState.NotReady, test.Bus.InspectLink(0, 1).State);

        Assert.Equal(BusStatus.Ok, test[1].InitializeQueueFrom(0));
        Assert.Equal([0], _sleep.Woken);
        Assert.Equal(LinkState.Ready, test.Bus.InspectLink(0, 1).State);
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "x"u8));

        // Again, it neither empties the queue nor wakes anyone.
        Assert.Equal(BusStatus.Ok, test[1].InitializeQueueFrom(0));
        Assert.Equal([0], _sleep.Woken);
        Assert.Equal(1, test[1].Receive(0, _buffer));
    }

    [Fact]
    public void A_queue_that_its_own_receiver_has_not_initialized_is_not_ready_until_it_is()
    {
        using TestBus test = new(2, _sleep, initialize: false);

        Assert.Equal(BusStatus.NotReady, test[1].RecvFrom(0, _buffer, out _));
        Assert.Equal(BusStatus.NotReady, test[1].TryRecvFrom(0, _buffer, out _));

        Assert.Equal(BusStatus.Ok, test[1].InitializeQueues());
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
        Assert.Equal(0, test.Bus.CountBrokenLinks());
    }

    [Fact]
    public void A_queue_that_was_initialized_and_is_broken_does_not_keep_the_others_from_being_initialized()
    {
        using TestBus test = new(3, _sleep, initialize: false);
        Assert.Equal(BusStatus.Ok, test[1].InitializeQueueFrom(0));
        *test.Links.Queue(test.Links.Find(0, 1)).UsedIndex = 0x4000;
        Assert.Equal(BusStatus.BrokenLink, test[1].TryRecvFrom(0, _buffer, out _));

        Assert.Equal(BusStatus.BrokenLink, test[1].InitializeQueues());

        Assert.Equal(BusStatus.Ok, test[2].TrySendTo(1, "x"u8));
        Assert.Equal(1, test[1].Receive(2, _buffer));
    }

    [Fact]
    public void Every_status_has_a_name_of_its_own()
    {
        string[] names = [.. Enum.GetValues<BusStatus>().Select(status => status.Name())];
        Assert.Distinct(names);
        Assert.DoesNotContain("unknown", names);
        Assert.Equal("unknown", ((BusStatus)99).Name());
    }
}

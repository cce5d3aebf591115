using System.Threading;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>
/// The sleep protocol step by step, on one thread: whatever the other core does happens at a chosen moment of it.
/// </summary>
public sealed class BusWaitingTests
{
    private const ulong SecondNs = 1_000_000_000;

    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];

    [Fact]
    public void A_message_that_comes_before_the_announcement_keeps_the_receiver_awake()
    {
        using TestBus test = new(2, _sleep);
        _sleep.AtBegin = () => test[1].TrySendTo(0, "just in time"u8);

        Assert.Equal(12, test[0].Receive(1, _buffer));
        Assert.Equal((1, 0, 1), (_sleep.Begins, _sleep.Sleeps, _sleep.Cancels));
        Assert.Empty(_sleep.Woken);
    }

    [Fact]
    public void A_message_that_comes_after_the_announcement_wakes_the_receiver()
    {
        using TestBus test = new(2, _sleep);
        _sleep.AtSleep = _ => test[1].TrySendTo(0, "wake up"u8);

        Assert.Equal(7, test[0].Receive(1, _buffer));
        Assert.Equal((1, 1, 0), (_sleep.Begins, _sleep.Sleeps, _sleep.Cancels));
        Assert.Equal([0], _sleep.Woken);
    }

    [Fact]
    public void Nobody_is_woken_who_does_not_sleep()
    {
        using TestBus test = new(2, _sleep);
        _sleep.AtSleep = _ => test[1].TrySendTo(0, "wake up"u8);
        test[0].Receive(1, _buffer);
        _sleep.Woken.Clear();

        for (int i = 0; i < 100; i++)
        {
            test[1].SendTo(0, "x"u8);
            test[0].Receive(1, _buffer);
        }

        Assert.Empty(_sleep.Woken);
    }

    [Fact]
    public void Room_that_comes_before_the_announcement_keeps_the_sender_awake()
    {
        using TestBus test = new(2, _sleep);
        Fill(test, 0, 1);
        _sleep.AtBegin = () => Take(test, 0, 1, 2);

        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));
        Assert.Equal((1, 0, 1), (_sleep.Begins, _sleep.Sleeps, _sleep.Cancels));
        Assert.Empty(_sleep.Woken);
    }

    [Fact]
    public void Room_that_comes_after_the_announcement_wakes_the_sender()
    {
        using TestBus test = new(2, _sleep);
        Fill(test, 0, 1);
        _sleep.AtSleep = _ => Take(test, 0, 1, 2);

        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));
        Assert.Equal(1, _sleep.Sleeps);
        Assert.Equal([0], _sleep.Woken);
    }

    [Fact]
    public void A_receiver_gives_withheld_room_back_before_it_waits()
    {
        using TestBus test = new(3, _sleep, queueSize: 64);
        Fill(test, 0, 1);
        Take(test, 0, 1, 1);
        Assert.Equal(BusStatus.Full, test[0].TrySendTo(1, "x"u8));

        // Core 0 sleeps for room; core 1 then waits, first for a message of core 2, then to send to core 2.
        _sleep.AtSleep = _ =>
        {
            _sleep.AtSleep = null;
            Assert.Equal(BusStatus.TimedOut, test[1].RecvFrom(2, _buffer, timeoutNs: 1, out int _));
            Assert.Equal([0], _sleep.Woken);
        };
        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));

        _sleep.Woken.Clear();
        Fill(test, 1, 2);
        Take(test, 0, 1, 1);
        _sleep.AtSleep = _ =>
        {
            _sleep.AtSleep = null;
            Assert.Equal(BusStatus.TimedOut, test[1].SendTo(2, "x"u8, timeoutNs: 1));
            Assert.Equal([0], _sleep.Woken);
        };
        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));
    }

    [Fact]
    public void A_core_that_waits_gives_room_back_to_a_core_and_shows_it_what_was_kept_back()
    {
        using TestBus test = new(3, _sleep, queueSize: 16);
        Fill(test, 1, 0);
        Assert.Equal(BusStatus.Ok, test[0].TryReserveTo(1, out _));
        Assert.Equal(BusStatus.Ok, test[0].CommitTo(1, 1, more: true));

        // Core 1 sleeps for room, so that giving it back means waking it; core 0 then waits for core 2.
        _sleep.AtSleep = _ =>
        {
            _sleep.AtSleep = null;
            Take(test, 1, 0, 1);
            Assert.Equal(BusStatus.TimedOut, test[0].RecvFrom(2, _buffer, timeoutNs: 1, out int _));
            Assert.Equal([1], _sleep.Woken);
            Assert.Equal(BusStatus.Ok, test[1].TryRecvFrom(0, _buffer, out int _));
        };
        Assert.Equal(BusStatus.Ok, test[1].SendTo(0, "x"u8));
        Assert.Equal(1, _sleep.Sleeps);
    }

    [Fact]
    public void A_sender_that_waits_for_the_queue_is_woken_when_it_is_ready()
    {
        using TestBus test = new(2, _sleep, initialize: false);
        _sleep.AtSleep = _ =>
        {
            test[1].InitializeQueues();
            Assert.Equal([0], _sleep.Woken);
        };

        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));
        Assert.Equal(1, _sleep.Sleeps);
        Assert.Equal(1, test[1].Receive(0, _buffer));
    }

    [Fact]
    public void A_queue_that_gets_ready_just_before_the_sleep_keeps_the_sender_awake()
    {
        using TestBus test = new(2, _sleep, initialize: false);
        _sleep.AtBegin = () => test[1].InitializeQueues();

        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));
        Assert.Equal((0, 1), (_sleep.Sleeps, _sleep.Cancels));
    }

    [Fact]
    public void A_sleep_that_returns_early_is_begun_again()
    {
        using TestBus test = new(2, _sleep);
        _sleep.AtSleep = _ =>
        {
            if (_sleep.Sleeps == 5)
            {
                test[1].TrySendTo(0, "x"u8);
            }
        };

        Assert.Equal(1, test[0].Receive(1, _buffer));
        Assert.Equal((5, 5), (_sleep.Begins, _sleep.Sleeps));
    }

    [Fact]
    public void A_blocking_call_sleeps_without_and_a_timed_call_with_a_deadline()
    {
        using TestBus test = new(2, _sleep, queueSize: 4);
        ulong deadline = 0;
        _sleep.AtSleep = until =>
        {
            deadline = until;
            Take(test, 0, 1, 1);
        };
        Fill(test, 0, 1);

        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));
        Assert.Equal(ulong.MaxValue, deadline);

        ulong before = Platform.Clock.Now;
        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8, 1000 * SecondNs));
        Assert.InRange(deadline, before + (1000 * Platform.Clock.TicksPerSecond), ulong.MaxValue - 1);

        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8, Platform.TimeLimit.None));
        Assert.Equal(ulong.MaxValue, deadline);
    }

    [Fact]
    public void A_message_that_comes_with_the_end_of_the_time_is_received()
    {
        using TestBus test = new(2, _sleep);
        _sleep.AtSleep = until =>
        {
            while (Platform.Clock.Now < until)
            {
                Thread.Sleep(10);
            }

            test[1].TrySendTo(0, "x"u8);
        };

        Assert.Equal(BusStatus.Ok, test[0].RecvFrom(1, _buffer, timeoutNs: SecondNs / 2, out int length));
        Assert.Equal(1, length);
    }

    private static void Fill(TestBus test, int sender, int receiver)
    {
        while (test[sender].TrySendTo(receiver, "filler"u8) == BusStatus.Ok)
        {
        }
    }

    private void Take(TestBus test, int sender, int receiver, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(BusStatus.Ok, test[receiver].TryRecvFrom(sender, _buffer, out _));
        }
    }
}

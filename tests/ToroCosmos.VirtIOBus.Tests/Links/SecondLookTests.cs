using System;
using System.Collections.Generic;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Links;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Links;

/// <summary>
/// A sender looks whether the receiver sleeps before its message can be seen. On one thread: a message is shown at the
/// moment that the test says, and nobody is woken for it.
/// </summary>
public sealed unsafe class SecondLookTests
{
    private const ulong MillisecondNs = 1_000_000;

    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];

    private static ulong Ticks(uint microseconds) => TickScale.OfClock.ToTicks(microseconds * 1000UL);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_message_that_is_seen_after_the_halt_is_received_though_nobody_wakes_the_core(int look)
    {
        using TestBus test = new(2, _sleep);
        Action show = SendUnseen(test, 1, 0);
        _sleep.AtSleep = until =>
        {
            if (_sleep.Sleeps == look)
            {
                show();
            }

            SleepUntil(until);
        };

        Assert.Equal(4, test[0].Receive(1, _buffer));
        Assert.Equal((look, look, 0), (_sleep.Begins, _sleep.Sleeps, _sleep.Cancels));
        Assert.Empty(_sleep.Woken);
    }

    [Fact]
    public void A_message_of_any_core_is_received_though_nobody_wakes_this_one()
    {
        using TestBus test = new(3, _sleep);
        Action show = SendUnseen(test, 2, 0);
        _sleep.AtSleep = until =>
        {
            show();
            SleepUntil(until);
        };

        Assert.Equal(4, test[0].ReceiveAny(_buffer, out int sender));
        Assert.Equal((2, 1), (sender, _sleep.Sleeps));
        Assert.Empty(_sleep.Woken);
    }

    [Fact]
    public void The_first_look_by_the_timer_is_a_while_after_the_announcement_and_the_others_are_ever_later()
    {
        using TestBus test = new(2, _sleep);
        List<ulong> deadlines = [];
        List<ulong> ends = [];
        ulong announced = 0;
        _sleep.AtBegin = () => announced = announced == 0 ? Clock.Now : announced;
        _sleep.AtSleep = until =>
        {
            deadlines.Add(until);
            SleepUntil(until);
            ends.Add(Clock.Now);
            if (deadlines.Count == 3)
            {
                test[1].TrySendTo(0, "x"u8);
            }
        };

        Assert.Equal(1, test[0].Receive(1, _buffer));
        Assert.InRange(deadlines[0], announced + Ticks(SecondLooks.FirstMicroseconds), ulong.MaxValue - 1);
        for (int i = 1; i < deadlines.Count; i++)
        {
            Assert.InRange(
                deadlines[i], ends[i - 1] + (Ticks(SecondLooks.FirstMicroseconds) << (3 * i)), ulong.MaxValue - 1);
        }
    }

    [Fact]
    public void Between_two_looks_is_never_more_than_a_second()
    {
        TickScale ticks = new(1_000_000_000);
        SecondLooks looks = new(ticks, hasTimer: true);
        List<ulong> intervals = [looks.First];
        for (int i = 0; i < 6; i++)
        {
            intervals.Add(looks.Following(intervals[^1]));
        }

        ulong first = ticks.ToTicks(1_000_000);
        ulong second = ticks.ToTicks(1_000_000_000);
        Assert.Equal([first, first * 8, first * 64, first * 512, second, second, second], intervals);
    }

    [Theory]
    [InlineData(true, SecondLooks.SettlingMicroseconds)]
    [InlineData(false, SecondLooks.UntimedSettlingMicroseconds)]
    public void A_core_looks_for_a_while_between_its_announcement_and_the_halt(bool hasTimer, uint microseconds)
    {
        ScriptedSleep sleep = new() { TimerWorks = hasTimer };
        using TestBus test = new(2, sleep);
        ulong announced = 0;
        ulong halted = 0;
        ulong until = 0;
        sleep.AtBegin = () => announced = Clock.Now;
        sleep.AtSleep = deadline =>
        {
            halted = Clock.Now;
            until = deadline;
            test[1].TrySendTo(0, "x"u8);
        };

        Assert.Equal(1, test[0].Receive(1, _buffer));
        Assert.InRange(halted, announced + Ticks(microseconds), ulong.MaxValue);
        Assert.Equal(hasTimer, until != ulong.MaxValue);
        Assert.Equal([0], sleep.Woken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_message_that_is_seen_before_the_halt_keeps_the_core_awake(bool hasTimer)
    {
        ScriptedSleep sleep = new() { TimerWorks = hasTimer };
        Waiter waiter = new(sleep, new WaitLengths(0, 0), TickScale.OfClock);
        Script script = new() { NewsAtLook = 2 };

        Assert.True(waiter.Sleep(new ScriptedLink(script, NeedsSecondLook: true), ulong.MaxValue));
        Assert.Equal((1, 0, 1), (sleep.Begins, sleep.Sleeps, sleep.Cancels));
        Assert.False(script.IsAnnounced);
    }

    [Fact]
    public void Who_is_looked_for_behind_a_fence_halts_at_once()
    {
        Waiter waiter = new(_sleep, new WaitLengths(0, 0), TickScale.OfClock);
        Script script = new() { NewsAtLook = 2 };
        _sleep.AtSleep = until => Assert.Equal((1, ulong.MaxValue), (script.Looks, until));

        Assert.True(waiter.Sleep(new ScriptedLink(script, NeedsSecondLook: false), ulong.MaxValue));
        Assert.Equal((1, 1, 0), (_sleep.Begins, _sleep.Sleeps, _sleep.Cancels));
        Assert.False(script.IsAnnounced);
    }

    [Fact]
    public void A_sleep_that_is_interrupted_is_gone_on_with_and_not_announced_again()
    {
        using TestBus test = new(2, _sleep);
        ushort* flags = test.Links.Queue(test.Links.Find(1, 0)).AvailFlags;
        const ushort Mark = 0x100;
        const int Interruptions = 50;
        ulong before = 0;
        _sleep.AtSleep = until =>
        {
            if (_sleep.Sleeps == 1)
            {
                // Who announces anew, or ends the announcement, writes over this.
                *flags |= Mark;
            }
            else
            {
                Assert.True(until == before || before <= Clock.Now, "A look was put off that was not due yet.");
            }

            before = until;
            Assert.Equal(Mark, *flags);
            if (_sleep.Sleeps == Interruptions)
            {
                test[1].TrySendTo(0, "x"u8);
            }
        };

        Assert.Equal(1, test[0].Receive(1, _buffer));
        Assert.Equal([0], _sleep.Woken);
        Assert.Equal(Interruptions, _sleep.Sleeps);
    }

    [Fact]
    public void A_wake_up_between_two_sleeps_is_not_missed()
    {
        using TestBus test = new(2, _sleep);
        _sleep.AtBegin = () =>
        {
            if (_sleep.Begins == 2)
            {
                test[1].TrySendTo(0, "x"u8);
            }
        };
        _sleep.AtSleep = _ => Assert.Equal(1, _sleep.Sleeps);

        Assert.Equal(1, test[0].Receive(1, _buffer));
        Assert.Equal((2, 1, 1), (_sleep.Begins, _sleep.Sleeps, _sleep.Cancels));
    }

    [Fact]
    public void A_time_limit_is_neither_shortened_nor_lengthened_by_the_looks()
    {
        using TestBus test = new(2, _sleep);
        List<ulong> deadlines = [];
        _sleep.AtSleep = until =>
        {
            deadlines.Add(until);
            SleepUntil(until);
        };

        Waiter waiter = new(_sleep, new WaitLengths(0, 0), TickScale.OfClock);
        ulong deadline = Clock.Now + TickScale.OfClock.ToTicks(3 * MillisecondNs);
        Assert.False(waiter.Sleep(new IncomingLink(test.Links.Find(1, 0)), deadline));
        Assert.InRange(Clock.Now, deadline, ulong.MaxValue);
        Assert.All(deadlines, until => Assert.InRange(until, 1UL, deadline));

        // A look is at 1 millisecond, the next at 9; unless the computer was busy then, the limit itself ends the last sleep.
        Assert.InRange(deadlines.Count, 1, 2);
        Assert.Equal(_sleep.Sleeps, _sleep.Begins);
    }

    [Fact]
    public void A_time_limit_before_the_halt_is_kept()
    {
        Waiter waiter = new(_sleep, new WaitLengths(0, 0), TickScale.OfClock);
        ulong deadline = Clock.Now + 1;
        _sleep.AtSleep = until => Assert.Equal(deadline, until);

        // Nor is it lengthened by the time before the halt.
        Script script = new();
        Assert.False(waiter.Sleep(new ScriptedLink(script, NeedsSecondLook: true), deadline));
        Assert.InRange(script.Looks, 1, 4);
    }

    [Fact]
    public void Who_waits_for_room_or_for_a_loan_needs_no_second_look()
    {
        using AlignedMemory lent = new(64);
        using TestBus test = new(2, _sleep, lendable: new LendableStretch(lent.Start, lent.Bytes));
        _sleep.AtSleep = until =>
        {
            Assert.Equal(ulong.MaxValue, until);
            Assert.Equal(BusStatus.Ok, test[1].TryRecvFrom(0, _buffer, out _));
            Assert.Equal(BusStatus.Ok, test[1].TryRecvFrom(0, _buffer, out _));
        };
        while (test[0].TrySendTo(1, "filler"u8) == BusStatus.Ok)
        {
        }

        Assert.Equal(BusStatus.Ok, test[0].SendTo(1, "x"u8));
        Assert.Equal(1, _sleep.Sleeps);
        while (test[1].TryRecvFrom(0, _buffer, out _) == BusStatus.Ok)
        {
        }

        Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, lent.Start, 8, out Loans.BusLoan loan));
        _sleep.AtSleep = until =>
        {
            Assert.Equal(ulong.MaxValue, until);
            Assert.Equal(BusStatus.Ok, test[1].TryRecvFrom(0, _buffer, out _));
        };
        Assert.Equal(BusStatus.Ok, test[0].AwaitReturn(loan));
        Assert.Equal(2, _sleep.Sleeps);
    }

    private static void SleepUntil(ulong deadline)
    {
        // A sleep that only a wake-up would end; nobody does.
        Assert.NotEqual(ulong.MaxValue, deadline);
        while (Clock.Now < deadline)
        {
            Cpu.Pause();
        }
    }

    /// <summary>Sends a message whose index stays in the sender's store buffer, though it has looked whom to wake.</summary>
    /// <returns>Brings it out.</returns>
    private static Action SendUnseen(TestBus test, int sender, int receiver)
    {
        ushort* index = test.Links.Queue(test.Links.Find(sender, receiver)).UsedIndex;
        ushort before = *index;
        Assert.Equal(BusStatus.Ok, test[sender].TrySendTo(receiver, "late"u8));
        ushort after = *index;
        *index = before;
        return () => *index = after;
    }

    private sealed class Script
    {
        public int NewsAtLook { get; init; } = int.MaxValue;

        public int Looks { get; set; }

        public bool IsAnnounced { get; set; }
    }

    private readonly record struct ScriptedLink(Script Script, bool NeedsSecondLook) : IWaitable
    {
        public int SourceCount => 1;

        public bool HasNews()
        {
            Script.Looks++;
            return Script.Looks >= Script.NewsAtLook;
        }

        public void RequestWakeUp() => Script.IsAnnounced = true;

        public void SuppressWakeUps() => Script.IsAnnounced = false;
    }
}

using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using Xunit;

namespace ToroCosmos.Tests.Smp.Waiting;

public sealed class HaltSleepTests
{
    private const int Cores = 3;
    private readonly FakeSleepPort _port = new(Cores);
    private readonly HaltSleep _sleep;

    public HaltSleepTests() => _sleep = new HaltSleep(_port, Cores);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Interrupts_are_after_a_sleep_as_they_were_before(bool enabled)
    {
        foreach (ulong deadline in (ulong[])[ulong.MaxValue, Clock.Now + FakeSleepPort.Milliseconds(10_000), 0])
        {
            _port.Enabled[0] = enabled;
            _sleep.Begin();
            Assert.False(_port.Enabled[0]);
            _sleep.Sleep(deadline);
            Assert.Equal(enabled, _port.Enabled[0]);
        }

        Assert.Equal(2, _port.Halts.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Interrupts_are_after_a_cancelled_sleep_as_they_were_before(bool enabled)
    {
        _port.Enabled[0] = enabled;
        _sleep.Begin();
        _sleep.Cancel();
        Assert.Equal(enabled, _port.Enabled[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Interrupts_are_as_before_on_a_machine_without_a_timer(bool enabled)
    {
        _port.TimerWorks = false;
        _port.Enabled[0] = enabled;
        _sleep.Begin();
        _sleep.Sleep(Clock.Now + FakeSleepPort.Milliseconds(10_000));
        Assert.Equal(enabled, _port.Enabled[0]);
        Assert.Empty(_port.Halts);
    }

    [Theory]
    [InlineData(10_000u, 1)]
    [InlineData(1u, 0)]
    public void A_core_whose_timer_is_a_schedulers_halts_only_for_longer_than_to_its_next_interrupt(uint milliseconds, int halts)
    {
        _port.NextInterrupt = FakeSleepPort.Milliseconds(100);
        _sleep.Begin();
        _sleep.Sleep(Clock.Now + FakeSleepPort.Milliseconds(milliseconds));
        Assert.Equal(halts, _port.Halts.Count);
        Assert.True(_port.Enabled[0]);
    }

    [Fact]
    public void A_core_that_masks_interrupts_changes_nothing_for_another_one()
    {
        _port.Enabled[0] = false;
        _sleep.Begin();
        _port.RunningCore = 1;
        _sleep.Begin();
        _sleep.Sleep(ulong.MaxValue);
        Assert.True(_port.Enabled[1]);
        _port.RunningCore = 0;
        _sleep.Sleep(ulong.MaxValue);
        Assert.False(_port.Enabled[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_wake_up_between_begin_and_sleep_is_pending_at_the_halt(bool enabled)
    {
        _port.Enabled[1] = enabled;
        _port.RunningCore = 1;
        _sleep.Begin();
        _port.RunningCore = 0;
        _sleep.Wake(1);
        _port.RunningCore = 1;
        _sleep.Sleep(ulong.MaxValue);

        Assert.Equal([(1, null, true)], _port.Halts);
    }

    [Fact]
    public void A_wake_up_that_was_not_taken_is_sent_by_the_same_core_before_it_halts()
    {
        _port.Refusals = 1;
        _sleep.Wake(2);
        Assert.True(_sleep.IsOwing);
        Assert.Empty(_port.Woken);

        _sleep.Begin();
        _sleep.Sleep(ulong.MaxValue);

        Assert.Equal([2], _port.Woken);
        Assert.False(_sleep.IsOwing);
        Assert.Equal([(0, null, false)], _port.Halts);
    }

    [Fact]
    public void A_wake_up_that_was_not_taken_is_sent_by_another_core_that_wakes_or_sleeps()
    {
        _port.Refusals = 3;
        _sleep.Wake(0);
        _sleep.Wake(2);
        Assert.Empty(_port.Woken);

        _port.RunningCore = 1;
        _sleep.Wake(0);

        Assert.Equal([0, 2, 0], _port.Woken);
        Assert.False(_sleep.IsOwing);
    }

    [Fact]
    public void A_core_halts_no_longer_than_a_millisecond_while_a_wake_up_is_owed()
    {
        _port.Refusals = 3;
        _sleep.Wake(2);
        _sleep.Begin();
        _sleep.Sleep(ulong.MaxValue);
        _sleep.Begin();
        _sleep.Sleep(Clock.Now + FakeSleepPort.Milliseconds(10_000));
        _sleep.Begin();
        _sleep.Sleep(ulong.MaxValue);

        Assert.All(_port.Halts[..2], halt => Assert.InRange(halt.Timer!.Value, 1ul, FakeSleepPort.Milliseconds(1)));
        Assert.Equal((0, null, false), _port.Halts[2]);
        Assert.Equal([2], _port.Woken);
    }

    [Fact]
    public void A_core_without_a_timer_does_not_halt_while_a_wake_up_is_owed()
    {
        _port.TimerWorks = false;
        _port.Refusals = 2;
        _sleep.Wake(2);
        _sleep.Begin();
        _sleep.Sleep(ulong.MaxValue);
        Assert.Empty(_port.Halts);

        _sleep.Begin();
        _sleep.Sleep(ulong.MaxValue);
        Assert.Equal([2], _port.Woken);
        Assert.Single(_port.Halts);
    }

    [Fact]
    public void A_timer_that_a_wake_up_left_running_ends_the_next_sleep_and_is_not_armed_again()
    {
        ulong deadline = Clock.Now + FakeSleepPort.Milliseconds(10_000);
        SleepUntilWoken(deadline);
        SleepUntilWoken(deadline + FakeSleepPort.Milliseconds(1));
        SleepUntilWoken(deadline);

        Assert.Equal(1, _port.Arms);
        Assert.Equal(3, _port.Halts.Count);
        Assert.All(_port.Halts, halt => Assert.Equal(_port.Timer, halt.Timer));
    }

    [Fact]
    public void A_timer_that_runs_for_longer_than_the_sleep_is_armed_anew()
    {
        ulong deadline = Clock.Now + FakeSleepPort.Milliseconds(10_000);
        SleepUntilWoken(deadline);
        SleepUntilWoken(deadline - FakeSleepPort.Milliseconds(5_000));

        Assert.Equal(2, _port.Arms);
        Assert.InRange(_port.Halts[1].Timer!.Value, 1ul, FakeSleepPort.Milliseconds(5_000));
    }

    [Fact]
    public void A_timer_that_has_ended_is_armed_anew()
    {
        ulong deadline = Clock.Now + FakeSleepPort.Milliseconds(10_000);
        SleepUntilWoken(deadline);
        _port.Timer = null;
        SleepUntilWoken(deadline);
        _sleep.Begin();
        _sleep.Sleep(deadline);
        SleepUntilWoken(deadline);

        // It ended while the core ran, which may have been before its time, and then in the third sleep.
        Assert.Equal(3, _port.Arms);
    }

    [Fact]
    public void Each_core_arms_its_own_timer()
    {
        ulong deadline = Clock.Now + FakeSleepPort.Milliseconds(10_000);
        SleepUntilWoken(deadline);
        _port.RunningCore = 1;
        _port.Timer = null;
        SleepUntilWoken(deadline);

        Assert.Equal(2, _port.Arms);
    }

    [Fact]
    public void A_wake_up_that_was_taken_is_sent_once()
    {
        _sleep.Wake(1);
        _sleep.Begin();
        _sleep.Sleep(ulong.MaxValue);
        _sleep.Wake(2);
        Assert.Equal([1, 2], _port.Woken);
    }

    private void SleepUntilWoken(ulong deadline)
    {
        _sleep.Begin();
        _sleep.Wake(_port.RunningCore);
        _sleep.Sleep(deadline);
    }
}

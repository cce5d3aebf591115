using System.Threading;
using FsCheck;
using FsCheck.Fluent;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Measurement;
using ToroCosmos.Smp.Waiting;
using Xunit;

namespace ToroCosmos.Tests.Smp.Measurement;

public sealed unsafe class WaitMeasurementTests
{
    private const uint TicksPerMicrosecond = 1000;

    [Fact]
    public void A_core_polls_for_eight_answers_and_pauses_as_long_as_a_wake_takes()
    {
        // 1 ns a look, 50 ns a pause, 150 ns an answer, 2 µs a wake.
        WaitLengths lengths = new WaitCosts(1024, 50 * 1024, 150, 2000).Lengths(TicksPerMicrosecond);
        Assert.Equal(new WaitLengths(1200, 40), lengths);
    }

    [Fact]
    public void A_core_hardly_polls_where_no_other_runs_meanwhile()
    {
        WaitLengths lengths = new WaitCosts(1024, 50 * 1024, WaitCosts.InVain, 2000).Lengths(TicksPerMicrosecond);
        Assert.Equal(new WaitLengths(4, 40), lengths);
    }

    [Fact]
    public void A_slow_wake_is_not_waited_for_longer_than_a_tenth_of_a_millisecond()
    {
        WaitLengths lengths = new WaitCosts(1024, 100 * 1024, 150, 400_000_000).Lengths(TicksPerMicrosecond);
        Assert.Equal(1000, lengths.PauseSteps);
    }

    [Fact]
    public void What_is_not_known_is_guessed()
    {
        WaitLengths lengths = new WaitCosts(1024, 100 * 1024, 0, 0).Lengths(TicksPerMicrosecond);
        Assert.Equal(new WaitLengths(4096, 200), lengths);
    }

    [Fact]
    public void The_lengths_are_bounded_whatever_was_measured() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(
            ArbMap.Default.ArbFor<uint>(),
            ArbMap.Default.ArbFor<uint>(),
            ArbMap.Default.ArbFor<uint>(),
            (poll, pause, wake) => IsSane(poll, pause, wake) && IsSane(poll << 24, pause, wake << 20) && IsSane(0, 0, wake)));

    [Fact]
    public void Polling_and_pausing_are_measured()
    {
        Assert.NotEqual(0u, WaitMeasurement.MeasurePoll());
        Assert.NotEqual(0u, WaitMeasurement.MeasurePause());
    }

    [Fact]
    public void A_wake_is_measured_there_and_back()
    {
        using var slots = new SharedSlots(0);
        using var sleep = new ParkedThreads(2);
        var echo = (CoreEcho*)slots.Slots;
        ulong deadline = Clock.Now + (Clock.TicksPerSecond * 20);
        Thread other = RunOther(echo, sleep, deadline, asleep: true);

        ulong ticks = CoreEcho.ThrowAsleep(echo, 1, sleep, 16, deadline);

        other.Join();
        Assert.InRange(ticks, 1ul, Clock.TicksPerSecond * 20);
        Assert.True(Clock.Now < deadline);
    }

    [Fact]
    public void An_answer_is_measured_there_and_back()
    {
        using var slots = new SharedSlots(0);
        using var sleep = new ParkedThreads(2);
        var echo = (CoreEcho*)slots.Slots;
        ulong deadline = Clock.Now + (Clock.TicksPerSecond * 20);
        Thread other = RunOther(echo, sleep, deadline, asleep: false);

        ulong ticks = CoreEcho.ThrowAwake(echo, 16, Clock.TicksPerSecond, deadline);

        other.Join();
        Assert.InRange(ticks, 1ul, Clock.TicksPerSecond);
        Assert.True(Clock.Now < deadline);
    }

    [Fact]
    public void A_core_that_returns_no_ball_is_not_waited_for()
    {
        using var slots = new SharedSlots(0);
        using var sleep = new ParkedThreads(2);
        var echo = (CoreEcho*)slots.Slots;

        Assert.Equal(0ul, CoreEcho.ThrowAsleep(echo, 1, sleep, 16, Clock.Now + TickMath.FromMicroseconds(3000)));
        Assert.Equal(0ul, CoreEcho.ThrowAwake(echo, 16, 1000, Clock.Now + TickMath.FromMicroseconds(3000)));
    }

    [Fact]
    public void Polling_is_in_vain_when_every_ball_comes_back_only_after_it()
    {
        using var slots = new SharedSlots(0);
        using var sleep = new ParkedThreads(2);
        var echo = (CoreEcho*)slots.Slots;
        ulong deadline = Clock.Now + (Clock.TicksPerSecond * 20);
        Thread other = RunOther(echo, sleep, deadline, asleep: false);

        Assert.Equal(CoreEcho.InVain, CoreEcho.ThrowAwake(echo, 16, 0, deadline));

        other.Join();
    }

    private static Thread RunOther(CoreEcho* echo, ParkedThreads sleep, ulong deadline, bool asleep)
    {
        nint address = (nint)echo;
        var thread = new Thread(() =>
        {
            sleep.Become(1);
            if (asleep)
            {
                CoreEcho.ReturnAsleep((CoreEcho*)address, sleep, deadline);
            }
            else
            {
                CoreEcho.ReturnAwake((CoreEcho*)address, deadline);
            }
        });
        thread.Start();
        return thread;
    }

    private static bool IsSane(uint poll, uint pause, uint wake)
    {
        WaitLengths lengths = new WaitCosts(poll, pause, wake ^ poll, wake).Lengths(TicksPerMicrosecond);
        return lengths.PollSteps is >= 4 and <= 4096 && lengths.PauseSteps is >= 16 and <= 16384;
    }
}

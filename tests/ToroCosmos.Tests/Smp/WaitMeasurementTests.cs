using System.Threading;
using FsCheck;
using FsCheck.Fluent;
using ToroCosmos.Hardware;
using ToroCosmos.Smp;
using Xunit;

namespace ToroCosmos.Tests.Smp;

public sealed unsafe class WaitMeasurementTests
{
    private const uint TicksPerMicrosecond = 1000;

    [Fact]
    public void A_core_pauses_about_as_long_as_a_wake_takes()
    {
        // 1 ns a look, 50 ns a pause, 2 µs a wake.
        WaitLengths lengths = new WaitCosts(1024, 50 * 1024, 2000).Lengths(TicksPerMicrosecond);
        Assert.Equal(new WaitLengths(200, 40), lengths);
    }

    [Fact]
    public void A_slow_wake_is_not_waited_for_longer_than_a_tenth_of_a_millisecond()
    {
        WaitLengths lengths = new WaitCosts(1024, 100 * 1024, 400_000_000).Lengths(TicksPerMicrosecond);
        Assert.Equal(1000, lengths.PauseSteps);
    }

    [Fact]
    public void A_wake_that_is_not_known_is_guessed()
    {
        WaitLengths lengths = new WaitCosts(1024, 100 * 1024, 0).Lengths(TicksPerMicrosecond);
        Assert.Equal(200, lengths.PauseSteps);
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
        var echo = (WakeEcho*)slots.Slots;
        ulong deadline = Clock.Now + (Clock.TicksPerSecond * 20);
        Thread other = Return(echo, sleep, deadline);

        ulong ticks = WakeEcho.Throw(echo, 1, sleep, 16, deadline);

        other.Join();
        Assert.InRange(ticks, 1ul, Clock.TicksPerSecond * 20);
        Assert.True(Clock.Now < deadline);
    }

    [Fact]
    public void A_core_that_returns_no_ball_is_not_waited_for()
    {
        using var slots = new SharedSlots(0);
        using var sleep = new ParkedThreads(2);
        ulong deadline = Clock.Now + TickMath.FromMicroseconds(3000);

        Assert.Equal(ulong.MaxValue, WakeEcho.Throw((WakeEcho*)slots.Slots, 1, sleep, 16, deadline));
    }

    private static Thread Return(WakeEcho* echo, ParkedThreads sleep, ulong deadline)
    {
        nint address = (nint)echo;
        var thread = new Thread(() =>
        {
            sleep.Become(1);
            WakeEcho.Return((WakeEcho*)address, sleep, deadline);
        });
        thread.Start();
        return thread;
    }

    private static bool IsSane(uint poll, uint pause, uint wake)
    {
        WaitLengths lengths = new WaitCosts(poll, pause, wake).Lengths(TicksPerMicrosecond);
        return lengths.PollSteps is >= 16 and <= 4096 && lengths.PauseSteps is >= 16 and <= 16384;
    }
}

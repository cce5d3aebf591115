using System.Threading;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;
using ToroCosmos.Smp.Startup;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.KernelSuites;

/// <summary>The clock, on and between cores, and what ends by it.</summary>
internal static unsafe class ClockSuite
{
    private const int Readings = 20_000;

    private static long s_latest;

    [KernelTest(On = KernelTestCores.All)]
    internal static void The_clock_never_goes_back_on_a_core()
    {
        ulong last = Clock.Now;
        for (int i = 0; i < Readings; i++)
        {
            ulong now = Clock.Now;
            if (!Check.That(now >= last))
            {
                return;
            }

            last = now;
        }
    }

    [KernelTest(On = KernelTestCores.All, MinimumCores = 2)]
    internal static void The_clock_never_goes_back_between_cores()
    {
        for (int i = 0; i < Readings; i++)
        {
            ulong other = (ulong)Interlocked.Read(ref s_latest);
            ulong now = Clock.Now;
            if (!Check.That(now >= other))
            {
                return;
            }

            Interlocked.Exchange(ref s_latest, (long)now);
        }
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void The_clock_counts()
    {
        ulong begin = Clock.Now;
        ulong deadline = begin + TickMath.FromMicroseconds(1000);
        int steps = 0;
        while (Clock.Now < deadline && steps < int.MaxValue)
        {
            steps++;
        }

        Check.That(Clock.Now >= deadline);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_timed_sleep_ends(int core)
    {
        if (Check.That(LocalApicTimer.IsUsable))
        {
            TimedWait.CheckEnds(&SleepUntilDeadline, core);
        }
    }

    [KernelTest]
    internal static void The_rates_of_the_clock_and_of_the_timer_are_known()
    {
        StartReport report = KernelTestRunner.Started!;
        Check.That(report.Clock is RateStatus.Told or RateStatus.Measured or RateStatus.Unsteady);
        Check.That(report.Timer is RateStatus.Measured or RateStatus.Unsteady);
    }

    [KernelTest]
    internal static void No_cores_clock_is_apart_from_the_boot_cores() =>
        Check.Equal(0L, (long)KernelTestRunner.Started!.ClockSkew);

    [KernelTest(MinimumCores = 2)]
    internal static void A_clock_that_is_set_apart_is_found_and_put_right()
    {
        ulong step = Clock.TicksPerSecond;
        for (int direction = 0; direction < 2; direction++)
        {
            ulong moved = direction == 0 ? step : 0 - step;
            if (!ClockComparison.TryAdd(1, moved))
            {
                return;
            }

            ClockOffset offset = ClockComparison.Measure(1);
            if (offset.Difference == 0)
            {
                // An emulator that keeps what is written there, and counts as before.
                ClockComparison.TryAdd(1, 0 - moved);
                return;
            }

            ulong found = direction == 0 ? offset.Ahead : offset.Behind;
            Check.That(found <= step && found > step - (step >> 3));
            Check.Equal(0L, (long)ClockComparison.Correct());
            Check.Equal(0L, (long)ClockComparison.Measure(1).Difference);
        }
    }

    [KernelTest]
    internal static void The_clock_agrees_with_the_battery_backed_clock()
    {
        const byte NoDevice = 0xFF;
        const int MaximumTries = 4;
        if (BatteryClock.Status() == NoDevice || !Check.That(BatteryClock.WaitForNextSecond()))
        {
            return;
        }

        // A busy computer sees the second change late; once in some tries neither its begin nor its end is seen late by
        // more than a few turns of other work.
        ulong begin = Clock.Now;
        for (int i = 0; i < MaximumTries; i++)
        {
            if (!Check.That(BatteryClock.WaitForNextSecond()))
            {
                return;
            }

            ulong now = Clock.Now;
            ulong milliseconds = TickMath.Divide((now - begin) * 1000, Clock.TicksPerSecond);
            if (milliseconds is > 970 and < 1030)
            {
                return;
            }

            begin = now;
        }

        Check.That(false, "no second of that clock is a second of this one");
    }

    private static void SleepUntilDeadline(int core)
    {
        const int MaximumReturns = 100;
        CoreSleep sleep = Cores.Sleep!;
        ulong deadline = Clock.Now + TickMath.FromMicroseconds(TimedWait.Microseconds);
        int returns = 0;
        for (ulong now = Clock.Now; now < deadline && returns < MaximumReturns; now = Clock.Now)
        {
            // Where the timer is a scheduler's, a sleep that ends before its next interrupt is none.
            returns += LocalApicTimer.CanEndHaltIn(deadline - now) ? 1 : 0;
            sleep.Begin();
            sleep.Sleep(deadline);
        }

        Check.That(returns < MaximumReturns, "it does not sleep");
    }
}

using System.Threading;
using ToroCosmos.Hardware;
using ToroCosmos.KernelTesting;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>The clock, on and between cores, and what ends by it.</summary>
internal static class ClockSuite
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
    internal static void A_timed_sleep_ends()
    {
        const int MostReturns = 100;
        if (!Check.That(LocalApicTimer.IsUsable))
        {
            return;
        }

        CoreSleep sleep = Cores.Sleep!;
        for (int i = 0; i < 20; i++)
        {
            ulong begin = Clock.Now;
            ulong deadline = begin + TickMath.FromMicroseconds(1000);
            int returns = 0;
            while (Clock.Now < deadline && returns < MostReturns)
            {
                sleep.Begin();
                sleep.Sleep(deadline);
                returns++;
            }

            Check.That(returns < MostReturns, "it does not sleep");
            Check.That(Clock.Now - begin < 2 * Clock.TicksPerSecond, "it sleeps too long");
        }
    }

    [KernelTest]
    internal static void The_clock_agrees_with_the_battery_backed_clock()
    {
        const byte NoDevice = 0xFF;
        if (BatteryClock.Status() == NoDevice)
        {
            return;
        }

        if (!Check.That(BatteryClock.WaitForNextSecond()))
        {
            return;
        }

        ulong begin = Clock.Now;
        if (Check.That(BatteryClock.WaitForNextSecond()))
        {
            ulong milliseconds = TickMath.Divide(Clock.Now - begin, TickMath.FromMicroseconds(1000));

            // An emulator moves its clocks when it gets to it.
            Check.That(milliseconds > 700, "the clock is too slow");
            Check.That(milliseconds < 1500, "the clock is too fast");
        }
    }
}

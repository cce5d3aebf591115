using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.Smp.Measurement;

/// <summary>Measures on the running machine what waiting costs; no two machines or emulators agree.</summary>
public static unsafe class WaitMeasurement
{
    private const int Runs = 4;
    private const uint Balls = 16;
    private const uint LongestAnswerMicroseconds = 20;
    private const uint LongestMicroseconds = 4000;

    private static CoreEcho* s_echo;
    private static ulong s_deadline;

    /// <summary>
    /// Measures within 10 ms. On the boot core, after <see cref="Cores.Start"/> and while no core runs a function.
    /// </summary>
    public static WaitCosts Measure()
    {
        // The shortest of some runs: the first one warms the caches, or has an emulator translate the loop, and any may be
        // disturbed by whoever shares the processor.
        uint poll = uint.MaxValue;
        uint pause = uint.MaxValue;
        for (int i = 0; i < Runs; i++)
        {
            poll = Shorter(poll, MeasurePoll());
            pause = Shorter(pause, MeasurePause());
        }

        return Cores.Count < 2
            ? new WaitCosts(poll, pause, 0, 0)
            : new WaitCosts(poll, pause, MeasureAnswer(), MeasureWake());
    }

    /// <summary>Measures, and makes the waits of <see cref="Cores"/> as long as is best for this machine.</summary>
    /// <returns>What was measured.</returns>
    public static WaitCosts Tune()
    {
        WaitCosts costs = Measure();
        Cores.Lengths = costs.Lengths(TickMath.Saturate(TickMath.FromMicroseconds(1)));
        return costs;
    }

    internal static uint MeasurePoll()
    {
        uint word = 0;
        ulong begin = Clock.Now;
        for (int i = 0; i < WaitCosts.Steps; i++)
        {
            if (Volatile.Read(ref word) != 0)
            {
                break;
            }
        }

        return TickMath.Saturate(Clock.Now - begin);
    }

    internal static uint MeasurePause()
    {
        // Few pauses, scaled: in an emulator that gives other cores their turn at each, they are slow.
        const int Shift = 4;
        uint word = 0;
        ulong begin = Clock.Now;
        for (int i = 0; i < WaitCosts.Steps >> Shift; i++)
        {
            if (Volatile.Read(ref word) != 0)
            {
                break;
            }

            Cpu.Pause();
        }

        return TickMath.Saturate((Clock.Now - begin) << Shift);
    }

    private static uint Shorter(uint one, uint other) => one < other ? one : other;

    private static uint MeasureAnswer()
    {
        if (!TryBegin(&ReturnAwake))
        {
            return 0;
        }

        ulong ticks = CoreEcho.ThrowAwake(
            s_echo, Balls, TickMath.FromMicroseconds(LongestAnswerMicroseconds), s_deadline);
        Cores.Join(1);
        return TickMath.Saturate(ticks);
    }

    private static uint MeasureWake()
    {
        if (!TryBegin(&ReturnAsleep))
        {
            return 0;
        }

        ulong ticks = CoreEcho.ThrowAsleep(s_echo, 1, Cores.Sleep!, Balls, s_deadline);
        Cores.Join(1);
        return TickMath.Saturate((ticks + 1) >> 1);
    }

    private static bool TryBegin(delegate*<int, void> other)
    {
        if (s_echo == null)
        {
            s_echo = (CoreEcho*)PhysicalMemory.Allocate(CoreSlot.Bytes, CoreSlot.Alignment);
            if (s_echo == null)
            {
                return false;
            }
        }

        *s_echo = default;
        s_deadline = Clock.Now + TickMath.FromMicroseconds(LongestMicroseconds);
        Cores.Run(1, other);
        return true;
    }

    private static void ReturnAwake(int core) => CoreEcho.ReturnAwake(s_echo, s_deadline);

    private static void ReturnAsleep(int core) => CoreEcho.ReturnAsleep(s_echo, Cores.Sleep!, s_deadline);
}

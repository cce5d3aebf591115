using System.Threading;
using ToroCosmos.Hardware;

namespace ToroCosmos.Smp;

/// <summary>Measures on the running machine what waiting costs; no two machines or emulators agree.</summary>
public static unsafe class WaitMeasurement
{
    private const uint Balls = 16;
    private const uint LongestMicroseconds = 5000;

    private static WakeEcho* s_echo;
    private static ulong s_deadline;

    /// <summary>
    /// Measures within 10 ms. On the boot core, after <see cref="Cores.Start"/> and while no core runs a function.
    /// </summary>
    public static WaitCosts Measure() => new(MeasurePoll(), MeasurePause(), MeasureWake());

    /// <summary>Measures, and makes the waits of <see cref="Cores"/> as long as is best for this machine.</summary>
    public static WaitLengths Tune()
    {
        Cores.Lengths = Measure().Lengths((uint)TickMath.FromMicroseconds(1));
        return Cores.Lengths;
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

    private static uint MeasureWake()
    {
        if (Cores.Count < 2)
        {
            return 0;
        }

        if (s_echo == null)
        {
            s_echo = (WakeEcho*)PhysicalMemory.Allocate(CoreSlot.Bytes, CoreSlot.Alignment);
            if (s_echo == null)
            {
                return 0;
            }
        }

        *s_echo = default;
        s_deadline = Clock.Now + TickMath.FromMicroseconds(LongestMicroseconds);
        Cores.Run(1, &ReturnBalls);
        ulong ticks = WakeEcho.Throw(s_echo, 1, Cores.Sleep!, Balls, s_deadline);
        Cores.Join(1);
        return ticks == ulong.MaxValue ? 0 : TickMath.Saturate((ticks >> 1) + 1);
    }

    private static void ReturnBalls(int core) => WakeEcho.Return(s_echo, Cores.Sleep!, s_deadline);
}

using System.Runtime.InteropServices;
using System.Threading;
using ToroCosmos.Hardware;

namespace ToroCosmos.Smp;

/// <summary>Two cores that wake each other in turn; each side writes only its own half.</summary>
[StructLayout(LayoutKind.Explicit, Size = CoreSlot.Bytes)]
internal unsafe struct WakeEcho
{
    /// <summary>A ball that ends the game.</summary>
    private const uint LastBall = uint.MaxValue;

    /// <summary>Thrower: the number of the ball in play; 0 before the first.</summary>
    [FieldOffset(0)]
    private uint _thrown;

    /// <summary>Echo: the number of the ball that came back.</summary>
    [FieldOffset(128)]
    private uint _returned;

    /// <summary>Throws balls to an echo and measures.</summary>
    /// <param name="echo">Zeroed, shared with the other core.</param>
    /// <param name="core">The core that runs <see cref="Return"/>.</param>
    /// <param name="sleep">How both sleep.</param>
    /// <param name="balls">How many, at most.</param>
    /// <param name="deadline">A value of <see cref="Clock.Now"/> after which no ball is thrown.</param>
    /// <returns>The shortest way there and back, in ticks; <see cref="ulong.MaxValue"/> when none came back.</returns>
    public static ulong Throw(WakeEcho* echo, int core, CoreSleep sleep, uint balls, ulong deadline)
    {
        ulong shortest = ulong.MaxValue;
        for (uint ball = 1; ball <= balls; ball++)
        {
            ulong begin = Clock.Now;
            Volatile.Write(ref echo->_thrown, ball);
            Cpu.FullFence();
            sleep.Wake(core);
            if (!SleepUntil(&echo->_returned, ball - 1, sleep, deadline))
            {
                break;
            }

            ulong ticks = Clock.Now - begin;
            shortest = ticks < shortest ? ticks : shortest;
        }

        Volatile.Write(ref echo->_thrown, LastBall);
        Cpu.FullFence();
        sleep.Wake(core);
        return shortest;
    }

    /// <summary>Returns each ball to core 0 until the last one, or until the deadline.</summary>
    public static void Return(WakeEcho* echo, CoreSleep sleep, ulong deadline)
    {
        uint seen = 0;
        while (SleepUntil(&echo->_thrown, seen, sleep, deadline))
        {
            seen = Volatile.Read(ref echo->_thrown);
            if (seen == LastBall)
            {
                return;
            }

            Volatile.Write(ref echo->_returned, seen);
            Cpu.FullFence();
            sleep.Wake(0);
        }
    }

    private static bool SleepUntil(uint* word, uint old, CoreSleep sleep, ulong deadline)
    {
        while (Clock.Now < deadline)
        {
            sleep.Begin();
            if (Volatile.Read(ref *word) != old)
            {
                sleep.Cancel();
                return true;
            }

            sleep.Sleep(deadline);
        }

        return false;
    }
}

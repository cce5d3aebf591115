using System.Runtime.InteropServices;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Startup;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp.Measurement;

/// <summary>
/// A ball that the boot core throws and another core returns, to measure the way there and back. Each side writes only
/// its own half. Both cores sleep while they wait, or the thrower polls and the other pauses.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = CoreSlot.Bytes)]
internal unsafe struct CoreEcho
{
    /// <summary>The result of <see cref="ThrowAwake"/> where no ball comes back to a core that polls.</summary>
    public const ulong InVain = ulong.MaxValue;

    /// <summary>A ball that ends the game.</summary>
    private const uint LastBall = uint.MaxValue;

    /// <summary>Thrower: the number of the ball in play; 0 before the first.</summary>
    [FieldOffset(0)]
    private uint _thrown;

    /// <summary>Echo: the number of the ball that came back.</summary>
    [FieldOffset(128)]
    private uint _returned;

    /// <summary>Throws balls to a core that sleeps, and sleeps until each is back.</summary>
    /// <param name="echo">Zeroed, shared with the other core.</param>
    /// <param name="core">The core that runs <see cref="ReturnAsleep"/>.</param>
    /// <param name="sleep">How both sleep.</param>
    /// <param name="balls">How many, at most.</param>
    /// <param name="deadline">A value of <see cref="Clock.Now"/> after which no ball is thrown.</param>
    /// <returns>The shortest way there and back, in ticks; 0 when none came back.</returns>
    public static ulong ThrowAsleep(CoreEcho* echo, int core, CoreSleep sleep, uint balls, ulong deadline)
    {
        ulong shortest = ulong.MaxValue;
        for (uint ball = 1; ball <= balls; ball++)
        {
            ulong begin = Clock.Now;
            Throw(echo, ball, core, sleep);
            if (!SleepUntil(&echo->_returned, ball - 1, sleep, deadline))
            {
                break;
            }

            ulong ticks = Clock.Now - begin;
            shortest = ticks < shortest ? ticks : shortest;
        }

        Throw(echo, LastBall, core, sleep);
        return shortest == ulong.MaxValue ? 0 : shortest;
    }

    /// <summary>Returns each ball to core 0 until the last one, or until the deadline.</summary>
    public static void ReturnAsleep(CoreEcho* echo, CoreSleep sleep, ulong deadline)
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

    /// <summary>Throws balls to a core that is awake, and polls for each without a pause.</summary>
    /// <param name="echo">Zeroed, shared with the other core, which runs <see cref="ReturnAwake"/>.</param>
    /// <param name="balls">How many, at most.</param>
    /// <param name="longest">How long to poll for a ball, in ticks.</param>
    /// <param name="deadline">A value of <see cref="Clock.Now"/> after which no ball is thrown.</param>
    /// <returns>
    /// The shortest way there and back, in ticks; 0 when too few balls were thrown to tell; <see cref="InVain"/> when
    /// every ball came back only once this core paused: then the two do not run at the same time.
    /// </returns>
    public static ulong ThrowAwake(CoreEcho* echo, uint balls, ulong longest, ulong deadline)
    {
        ulong shortest = InVain;
        uint thrown = 0;
        while (thrown < balls && Clock.Now < deadline)
        {
            thrown++;
            ulong begin = Clock.Now;
            Volatile.Write(ref echo->_thrown, thrown);
            ulong ticks = 0;
            while (ticks < longest && Volatile.Read(ref echo->_returned) != thrown)
            {
                ticks = Clock.Now - begin;
            }

            if (ticks < longest)
            {
                shortest = ticks < shortest ? ticks : shortest;
                continue;
            }

            while (Volatile.Read(ref echo->_returned) != thrown && Clock.Now < deadline)
            {
                Cpu.Pause();
            }
        }

        Volatile.Write(ref echo->_thrown, LastBall);
        return shortest == InVain && thrown < balls ? 0 : shortest;
    }

    /// <summary>Returns each ball until the last one, or until the deadline; pauses between looks.</summary>
    public static void ReturnAwake(CoreEcho* echo, ulong deadline)
    {
        uint seen = 0;
        while (seen != LastBall && Clock.Now < deadline)
        {
            Volatile.Write(ref echo->_returned, seen);
            while (Volatile.Read(ref echo->_thrown) == seen && Clock.Now < deadline)
            {
                Cpu.Pause();
            }

            seen = Volatile.Read(ref echo->_thrown);
        }
    }

    private static void Throw(CoreEcho* echo, uint ball, int core, CoreSleep sleep)
    {
        Volatile.Write(ref echo->_thrown, ball);
        Cpu.FullFence();
        sleep.Wake(core);
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

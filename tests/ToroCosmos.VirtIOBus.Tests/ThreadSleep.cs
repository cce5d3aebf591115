using System;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>Cores that are threads: each says once which core it is, and sleeps by parking.</summary>
internal sealed class ThreadSleep : CoreSleep
{
    // A sleeper without a deadline that nobody wakes for so long was forgotten.
    private static readonly TimeSpan s_forgotten = TimeSpan.FromSeconds(60);

    [ThreadStatic]
    private static int s_core;

    private readonly AutoResetEvent[] _wakes;
    private int _sleeps;
    private int _wakeUps;

    public ThreadSleep(int cores)
    {
        _wakes = new AutoResetEvent[cores];
        for (int core = 0; core < cores; core++)
        {
            _wakes[core] = new AutoResetEvent(false);
        }
    }

    public int Sleeps => Volatile.Read(ref _sleeps);

    public int WakeUps => Volatile.Read(ref _wakeUps);

    /// <summary>From now on the calling thread is that core.</summary>
    public static void RunAs(int core) => s_core = core;

    public override bool HasTimer => true;

    public override void Begin() => _wakes[s_core].Reset();

    public override void Sleep(ulong deadline)
    {
        Interlocked.Increment(ref _sleeps);
        if (deadline == ulong.MaxValue)
        {
            if (!_wakes[s_core].WaitOne(s_forgotten))
            {
                throw new TimeoutException($"Core {s_core} slept for a minute and nobody woke it.");
            }

            return;
        }

        ulong now = Clock.Now;
        if (deadline > now)
        {
            double seconds = (double)(deadline - now) / Clock.TicksPerSecond;
            _wakes[s_core].WaitOne(TimeSpan.FromSeconds(Math.Min(seconds, 60)) + TimeSpan.FromMilliseconds(1));
        }
    }

    public override void Cancel()
    {
    }

    public override void Wake(int core)
    {
        Interlocked.Increment(ref _wakeUps);
        _wakes[core].Set();
    }
}

using System;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Tests.Smp;

/// <summary>Threads in the place of cores: a thread says which core it is, and parks where a core would halt.</summary>
internal sealed class ParkedThreads : CoreSleep, IDisposable
{
    private readonly AutoResetEvent[] _wakes;
    private readonly ThreadLocal<int> _core = new();
    private int _sleeps;

    public ParkedThreads(int cores)
    {
        _wakes = new AutoResetEvent[cores];
        for (int i = 0; i < cores; i++)
        {
            _wakes[i] = new AutoResetEvent(false);
        }
    }

    /// <summary>How often a core has slept.</summary>
    public int Sleeps => Volatile.Read(ref _sleeps);

    public void Become(int core) => _core.Value = core;

    public override bool HasTimer => true;

    public override void Begin() => _wakes[_core.Value].Reset();

    public override void Sleep(ulong deadline)
    {
        Interlocked.Increment(ref _sleeps);
        if (deadline == ulong.MaxValue)
        {
            _wakes[_core.Value].WaitOne();
            return;
        }

        ulong now = Clock.Now;
        if (now < deadline)
        {
            _wakes[_core.Value].WaitOne((int)((deadline - now) * 1000 / Clock.TicksPerSecond) + 1);
        }
    }

    public override void Cancel()
    {
    }

    public override void Wake(int core) => _wakes[core].Set();

    public void Dispose()
    {
        foreach (AutoResetEvent wake in _wakes)
        {
            wake.Dispose();
        }

        _core.Dispose();
    }
}

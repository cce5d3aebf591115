using System;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.HostBenchmarks.Subjects;

/// <summary>Sleep without sleeping: a thread with a processor of its own looks until it is woken.</summary>
/// <param name="cores">How many cores there are.</param>
internal sealed class SpinSleep(int cores) : CoreSleep
{
    // A cache line each.
    private const int Stride = 32;

    [ThreadStatic]
    private static int s_core;

    private readonly int[] _woken = new int[cores * Stride];

    /// <summary>From now on the calling thread is that core.</summary>
    public static void RunAs(int core) => s_core = core;

    public override bool HasTimer => true;

    public override void Begin() => Volatile.Write(ref _woken[s_core * Stride], 0);

    public override void Sleep(ulong deadline)
    {
        while (Volatile.Read(ref _woken[s_core * Stride]) == 0 && Clock.Now < deadline)
        {
            Cpu.Pause();
        }
    }

    public override void Cancel()
    {
    }

    public override void Wake(int core) => Volatile.Write(ref _woken[core * Stride], 1);
}

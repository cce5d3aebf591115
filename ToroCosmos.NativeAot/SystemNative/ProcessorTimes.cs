using System;
using System.Runtime;
using ToroCosmos.NativeAot.Threads;
using ToroCosmos.Platform;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>How busy the cores are, by which the class library's thread pool decides about more threads.</summary>
internal static unsafe class ProcessorTimes
{
    /// <summary>What the last call saw; the class library keeps it and does not look into it.</summary>
    internal struct Sample
    {
        public ulong Time;
        public ulong Idle;
        public ulong Reserved;
    }

    /// <returns>Percent of the time since the last call that the cores did not halt for want of a thread.</returns>
    [RuntimeExport("SystemNative_GetCpuUtilization")]
    private static double Utilization(Sample* last)
    {
        ulong now = Clock.Now;
        ulong idle = Scheduler.IdleTicks();
        double all = (double)(now - last->Time) * Math.Max(1, Scheduler.Count);
        double percent = all <= 0 ? 0 : 100 * (1 - ((idle - last->Idle) / all));
        last->Time = now;
        last->Idle = idle;
        return Math.Clamp(percent, 0, 100);
    }
}

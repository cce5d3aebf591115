using System.Runtime;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.NativeAot.Threads;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>The class library builds all its waits on monitors, from <c>lock</c> and <c>Thread.Sleep</c> to events.</summary>
internal static unsafe class Monitors
{
    [RuntimeExport("SystemNative_LowLevelMonitor_Create")]
    private static Monitor* Create()
    {
        var monitor = (Monitor*)NativeHeap.AllocateCleared(1, (ulong)sizeof(Monitor));
        if (monitor == null)
        {
            KernelPanic.Raise("out of memory for a monitor"u8);
        }

        return monitor;
    }

    [RuntimeExport("SystemNative_LowLevelMonitor_Destroy")]
    private static void Destroy(Monitor* monitor) => NativeHeap.Free((byte*)monitor);

    [RuntimeExport("SystemNative_LowLevelMonitor_Acquire")]
    private static void Acquire(Monitor* monitor) => monitor->Acquire();

    [RuntimeExport("SystemNative_LowLevelMonitor_Release")]
    private static void Release(Monitor* monitor) => monitor->Release();

    [RuntimeExport("SystemNative_LowLevelMonitor_Signal_Release")]
    private static void SignalAndRelease(Monitor* monitor) => monitor->SignalAndRelease();

    [RuntimeExport("SystemNative_LowLevelMonitor_Wait")]
    private static void Wait(Monitor* monitor) => monitor->Wait(ulong.MaxValue);

    /// <returns>1 when it was signalled, 0 when the time passed.</returns>
    [RuntimeExport("SystemNative_LowLevelMonitor_TimedWait")]
    private static int TimedWait(Monitor* monitor, int milliseconds) =>
        monitor->Wait(TimeStampClock.Deadline((uint)milliseconds)) ? 1 : 0;
}

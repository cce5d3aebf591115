using System.Runtime;
using System.Runtime.InteropServices;
using System.Threading;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.Seam;
using SpinLock = ToroCosmos.NativeAot.Processor.SpinLock;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// Monitors: a lock, and waiting for a signal of its holder. The class library builds all its waits on them, from
/// <c>lock</c> and <c>Thread.Sleep</c> to events. A waiting core polls with pauses. A signal ends at least one wait; a
/// wait may also end without one, and the class library looks again.
/// </summary>
internal static unsafe class Monitors
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct Monitor
    {
        public SpinLock Lock;

        /// <summary>How often it was signalled, modulo 2^32.</summary>
        public uint Signals;
    }

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
    private static void Acquire(Monitor* monitor) => monitor->Lock.Enter();

    [RuntimeExport("SystemNative_LowLevelMonitor_Release")]
    private static void Release(Monitor* monitor) => monitor->Lock.Exit();

    [RuntimeExport("SystemNative_LowLevelMonitor_Signal_Release")]
    private static void SignalAndRelease(Monitor* monitor)
    {
        Volatile.Write(ref monitor->Signals, monitor->Signals + 1);
        monitor->Lock.Exit();
    }

    [RuntimeExport("SystemNative_LowLevelMonitor_Wait")]
    private static void Wait(Monitor* monitor) => TimedWait(monitor, -1);

    /// <returns>1 when it was signalled, 0 when the time passed.</returns>
    [RuntimeExport("SystemNative_LowLevelMonitor_TimedWait")]
    private static int TimedWait(Monitor* monitor, int milliseconds)
    {
        uint seen = monitor->Signals;
        ulong end = TimeStampClock.Deadline((uint)milliseconds);
        monitor->Lock.Exit();
        bool signalled;
        while (!(signalled = Volatile.Read(ref monitor->Signals) != seen) && Cpu.ReadTimestamp() < end)
        {
            Cpu.Pause();
        }

        monitor->Lock.Enter();
        return signalled ? 1 : 0;
    }
}

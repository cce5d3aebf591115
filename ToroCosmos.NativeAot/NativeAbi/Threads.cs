using System.Runtime;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.NativeAot.Threads;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>What the class library asks about the thread that runs.</summary>
internal static unsafe class Threads
{
    [RuntimeExport("RhGetThreadStaticStorage")]
    private static nint* ThreadStatics() => &ThreadBlock.Current()->ThreadStatics;

    [RuntimeExport("RhCurrentNativeThreadId")]
    private static nint NativeThreadId() => ThreadBlock.Current()->Number;

    [RuntimeExport("RhCurrentOSThreadId")]
    private static ulong OsThreadId() => (uint)ThreadBlock.Current()->Number;

    [RuntimeExport("RhGetCurrentThreadStackBounds")]
    private static void StackBounds(ulong* low, ulong* high)
    {
        ThreadBlock* thread = ThreadBlock.Current();
        *low = thread->StackGuard + PageTables.PageSize;
        *high = thread->StackTop;
    }

    [RuntimeExport("RhGetDefaultStackSize")]
    private static ulong DefaultStackSize() => ImageLayout.Get()->StackSize;

    [RuntimeExport("RhSetThreadExitCallback")]
    private static void SetThreadExitCallback(delegate* unmanaged<void> callback) => ThreadStart.SetExitCallback(callback);

    // Reports read the name where the class library keeps it.
    [RuntimeExport("RhSetCurrentThreadName")]
    private static void SetName(byte* name)
    {
    }

    [RuntimeExport("RhSpinWait")]
    private static void SpinWait(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            Cpu.Pause();
        }
    }

    [RuntimeExport("RhLongSpinWait")]
    private static void LongSpinWait(int iterations) => SpinWait(iterations);

    [RuntimeExport("RhYield")]
    private static int Yield() => Scheduler.Yield() ? 1 : 0;
}

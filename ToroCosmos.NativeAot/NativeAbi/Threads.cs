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

    /// <summary>For reports; a long name is cut.</summary>
    [RuntimeExport("RhSetCurrentThreadName")]
    private static void SetName(byte* name)
    {
        ThreadBlock* thread = ThreadBlock.Current();
        int length = 0;
        while (name != null && length < ThreadBlock.NameCapacity - 1 && name[length] != 0)
        {
            thread->Name[length] = name[length];
            length++;
        }

        thread->Name[length] = 0;
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

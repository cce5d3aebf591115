using System.Runtime;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>What the class library takes for threads: each core runs one, for ever.</summary>
internal static unsafe class Threads
{
    [RuntimeExport("RhGetThreadStaticStorage")]
    private static nint* ThreadStatics() => &CoreBlock.Current()->ThreadStatics;

    [RuntimeExport("RhCurrentNativeThreadId")]
    private static nint NativeThreadId() => CoreBlock.Current()->Id + 1;

    [RuntimeExport("RhCurrentOSThreadId")]
    private static ulong OsThreadId() => (ulong)CoreBlock.Current()->Id + 1;

    [RuntimeExport("RhGetCurrentThreadStackBounds")]
    private static void StackBounds(ulong* low, ulong* high)
    {
        *low = CoreBlock.Current()->StackGuard + Memory.PageTables.PageSize;
        *high = CoreBlock.Current()->StackTop;
    }

    // A core's thread never exits.
    [RuntimeExport("RhSetThreadExitCallback")]
    private static void SetThreadExitCallback(nint callback)
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

    [RuntimeExport("RhYield")]
    private static int Yield()
    {
        Cpu.Pause();
        return 1;
    }
}

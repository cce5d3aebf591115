using System.Runtime;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>What the class library takes for threads: each core runs one, for ever.</summary>
internal static unsafe class Threads
{
    [RuntimeExport("RhGetThreadStaticStorage")]
    private static nint* ThreadStatics() => &ThreadBlock.Current()->ThreadStatics;

    [RuntimeExport("RhCurrentNativeThreadId")]
    private static nint NativeThreadId() => ThreadBlock.Current()->Number;

    [RuntimeExport("RhCurrentOSThreadId")]
    private static ulong OsThreadId() => (ulong)ThreadBlock.Current()->Number;

    [RuntimeExport("RhGetCurrentThreadStackBounds")]
    private static void StackBounds(ulong* low, ulong* high)
    {
        ThreadBlock* thread = ThreadBlock.Current();
        *low = thread->StackGuard + Memory.PageTables.PageSize;
        *high = thread->StackTop;
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

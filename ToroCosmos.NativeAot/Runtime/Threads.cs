using System.Runtime;
using ToroCosmos.Hardware;
using ToroCosmos.NativeAot.Smp;

namespace ToroCosmos.NativeAot.Runtime;

/// <summary>What the class library takes for threads: each core runs one, for ever.</summary>
internal static unsafe class Threads
{
    [RuntimeExport("RhGetThreadStaticStorage")]
    private static nint* ThreadStatics() => &CoreBlock.Current()->ThreadStatics;

    [RuntimeExport("RhCurrentNativeThreadId")]
    private static nint NativeThreadId() => CoreBlock.Current()->Id + 1;

    [RuntimeExport("RhCurrentOSThreadId")]
    private static ulong OsThreadId() => (ulong)CoreBlock.Current()->Id + 1;

    [RuntimeExport("GetCurrentProcessorNumberEx")]
    private static void ProcessorNumber(uint* number)
    {
        // A group of 64 and the number in it.
        uint id = (uint)CoreBlock.Current()->Id;
        *number = (id >> 6) | ((id & 63) << 16);
    }

    [RuntimeExport("RhGetCurrentThreadStackBounds")]
    private static void StackBounds(ulong* low, ulong* high)
    {
        *low = CoreBlock.Current()->StackGuard + Memory.PageTables.PageSize;
        *high = CoreBlock.Current()->StackTop;
    }

    // The class library keeps a handle of each thread, here the core's number and one.
    [RuntimeExport("GetCurrentProcess")]
    private static nint CurrentProcess() => -1;

    [RuntimeExport("GetCurrentThread")]
    private static nint CurrentThread() => NativeThreadId();

    [RuntimeExport("DuplicateHandle")]
    private static int DuplicateHandle(
        nint sourceProcess, nint handle, nint targetProcess, nint* duplicate, uint access, int inherit, uint options)
    {
        *duplicate = handle;
        return 1;
    }

    /// <summary>All cores are alike: the normal priority.</summary>
    [RuntimeExport("GetThreadPriority")]
    private static int Priority(nint thread) => 0;

    // The class library's start-up puts the main thread into a COM apartment; without COM that means nothing.
    [RuntimeExport("CoInitializeEx")]
    private static int InitializeApartment(nint reserved, uint model) => 0;

    [RuntimeExport("CoGetApartmentType")]
    private static int ApartmentType(int* type, int* qualifier)
    {
        const int MultiThreaded = 1;
        *type = MultiThreaded;
        *qualifier = 0;
        return 0;
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

    [RuntimeExport("Sleep")]
    private static void Sleep(uint milliseconds)
    {
        ulong end = TimeStampClock.Deadline(milliseconds);
        while (Cpu.ReadTimestamp() < end)
        {
            Cpu.Pause();
        }
    }

    [RuntimeExport("GetLastError")]
    private static uint GetLastError() => CoreBlock.Current()->LastError;

    [RuntimeExport("SetLastError")]
    private static void SetLastError(uint error) => CoreBlock.Current()->LastError = error;
}

using System.Runtime;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.SystemAbi;

/// <summary>What the class library takes for threads of an operating system: each core runs one, for ever.</summary>
internal static unsafe class ThreadHandles
{
    // The class library keeps a handle of each thread, here its number.
    [RuntimeExport("GetCurrentProcess")]
    private static nint CurrentProcess() => -1;

    [RuntimeExport("GetCurrentThread")]
    private static nint CurrentThread() => ThreadBlock.Current()->Number;

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

    [RuntimeExport("GetCurrentProcessorNumberEx")]
    private static void ProcessorNumber(uint* number)
    {
        // A group of 64 and the number in it.
        uint id = (uint)CoreBlock.Current()->Id;
        *number = (id >> 6) | ((id & 63) << 16);
    }

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

    [RuntimeExport("Sleep")]
    private static void Sleep(uint milliseconds)
    {
        ulong end = TimeStampClock.Deadline(milliseconds);
        while (Cpu.ReadTimestamp() < end)
        {
            Cpu.Pause();
        }
    }
}

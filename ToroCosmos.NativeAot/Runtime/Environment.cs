using System.Runtime;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Smp;

namespace ToroCosmos.NativeAot.Runtime;

/// <summary>What the class library asks about its surroundings.</summary>
internal static unsafe class Environment
{
    private const uint ErrorVariableNotFound = 203;

    /// <summary>There are no environment variables.</summary>
    [RuntimeExport("GetEnvironmentVariableW")]
    private static uint GetVariable(char* name, char* buffer, uint size)
    {
        CoreBlock.Current()->LastError = ErrorVariableNotFound;
        return 0;
    }

    [RuntimeExport("RhGetProcessCpuCount")]
    private static int ProcessorCount() => 1;

    // The collections of a collector that does not exist.
    [RuntimeExport("RhGetGcCollectionCount")]
    private static int CollectionCount(int generation, byte special) => 0;

    [RuntimeExport("RhGetMaxGcGeneration")]
    private static int MaximumGeneration() => 0;

    [RuntimeExport("RhGetGeneration")]
    private static int Generation(nint target) => 0;

    [RuntimeExport("RhpGetGcTotalMemory")]
    private static long TotalMemory() => (long)FrameAllocator.Allocated;

    [RuntimeExport("RhSuppressFinalize")]
    private static void SuppressFinalize(nint target)
    {
    }

    [RuntimeExport("RhReRegisterForFinalize")]
    private static byte ReRegisterForFinalize(nint target) => 1;
}

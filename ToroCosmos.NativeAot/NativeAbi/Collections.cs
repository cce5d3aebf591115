using System.Runtime;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>What the class library asks of the garbage collector, which does not exist.</summary>
internal static class Collections
{
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

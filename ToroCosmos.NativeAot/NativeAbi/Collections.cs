using System.Runtime;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>
/// What the class library asks of the garbage collector, which does not exist: nothing is ever collected, so none has
/// happened, one that is asked for has nothing to do, and none comes in a region without.
/// </summary>
internal static unsafe class Collections
{
    // GCDescriptor: eight bytes in front of the type, the number of its series; below that the series, two words each. For
    // an array of structures the number is negative, and each repeated item behind the first is one word.
    private const ushort HasReferences = 0x0100;
    private const long WordSize = 8;

    // What the class library takes for the end of such a region (EndNoGCRegionStatus, StartNoGCRegionStatus).
    private const int Ok = 0;
    private const int RegionIsNotInProgress = 1;
    private const int RegionIsInProgress = 3;
    private const int Interactive = 1;
    private const int Default = 1;

    private static int s_latencyMode = Interactive;
    private static int s_compactionMode = Default;
    private static bool s_isWithout;

    /// <summary>The class library's GCMemoryInfoData, as far as anything is known.</summary>
    private struct MemoryInformation
    {
        public ulong HighLoadThreshold;
        public ulong Available;
        public ulong Load;
        public ulong HeapSize;
        public ulong Fragmented;
        public ulong Committed;
    }

    [RuntimeExport("RhGetGCDescSize")]
    private static int DescriptorSize(MethodTable* type)
    {
        if ((type->Flags & HasReferences) == 0)
        {
            return 0;
        }

        long series = ((long*)type)[-1];
        return (int)(series > 0 ? WordSize * (1 + (2 * series)) : WordSize * (1 + 2 - series - 1));
    }

    [RuntimeExport("RhpCollect")]
    private static void Collect(int generation, int mode, byte lowMemory)
    {
    }

    [RuntimeExport("RhWaitForPendingFinalizers")]
    private static void WaitForFinalizers(int allowsReentrantWait)
    {
    }

    [RuntimeExport("RhGetGcCollectionCount")]
    private static int CollectionCount(int generation, byte special) => 0;

    [RuntimeExport("RhGetMaxGcGeneration")]
    private static int MaximumGeneration() => 0;

    [RuntimeExport("RhGetGeneration")]
    private static int Generation(nint target) => 0;

    [RuntimeExport("RhpGetGcTotalMemory")]
    private static long TotalMemory() => (long)FrameAllocator.Allocated;

    /// <summary>What the areas have that objects were made in, or are yet to be.</summary>
    [RuntimeExport("RhGetTotalAllocatedBytes")]
    private static long TotalAllocated() => (long)Allocation.Allocated;

    [RuntimeExport("RhGetTotalAllocatedBytesPrecise")]
    private static long TotalAllocatedPrecisely() => (long)Allocation.Allocated;

    [RuntimeExport("RhGetMemoryInfo")]
    private static void GetMemoryInformation(MemoryInformation* information, int kind)
    {
        information->Available = FrameAllocator.Allocated + MemoryMap.Left;
        information->Load = FrameAllocator.Allocated;
        information->HeapSize = Allocation.Allocated;
        information->Committed = Allocation.Allocated;
    }

    // Whatever is asked for, programs are never interrupted: the wish is kept, for whoever asks for it.
    [RuntimeExport("RhGetGcLatencyMode")]
    private static int LatencyMode() => s_latencyMode;

    [RuntimeExport("RhSetGcLatencyMode")]
    private static int SetLatencyMode(int mode)
    {
        s_latencyMode = mode;
        return 0;
    }

    [RuntimeExport("RhGetLohCompactionMode")]
    private static int CompactionMode() => s_compactionMode;

    [RuntimeExport("RhSetLohCompactionMode")]
    private static int SetCompactionMode(int mode)
    {
        s_compactionMode = mode;
        return 0;
    }

    /// <summary>Begins a time without collections, which all time is.</summary>
    [RuntimeExport("RhpStartNoGCRegion")]
    private static int BeginWithout(long bytes, byte hasLargeBytes, long largeBytes, byte mustNotCollect)
    {
        if (s_isWithout)
        {
            return RegionIsInProgress;
        }

        s_isWithout = true;
        return Ok;
    }

    [RuntimeExport("RhpEndNoGCRegion")]
    private static int EndWithout()
    {
        int result = s_isWithout ? Ok : RegionIsNotInProgress;
        s_isWithout = false;
        return result;
    }

    [RuntimeExport("RhEnumerateConfigurationValues")]
    private static void EnumerateConfiguration(void* context, nint callback)
    {
    }

    // The time in milliseconds, as collectors count it.
    [RuntimeExport("RhGetGCNow")]
    private static long Now() => System.Environment.TickCount64;

    /// <summary>A debugger may abort a thread with an exception; there is no debugger.</summary>
    [RuntimeExport("RhpGetThreadAbortException")]
    private static nint AbortException() => 0;

    [RuntimeExport("RhGetLastGCPercentTimeInGC")]
    private static int PercentInCollections() => 0;

    [RuntimeExport("RhGetLastGCDuration")]
    private static long LastDuration(int generation) => 0;

    [RuntimeExport("RhGetTotalPauseDuration")]
    private static long TotalPause() => 0;

    [RuntimeExport("RhIsServerGc")]
    private static byte IsServer() => 0;

    [RuntimeExport("RhSuppressFinalize")]
    private static void SuppressFinalize(nint target)
    {
    }

    [RuntimeExport("RhReRegisterForFinalize")]
    private static byte ReRegisterForFinalize(nint target) => 1;

    // Parts of the stack that may hold references: nobody looks for them.
    [RuntimeExport("RhRegisterForGCReporting")]
    private static void RegisterForReporting(nint registration)
    {
    }

    [RuntimeExport("RhUnregisterForGCReporting")]
    private static void UnregisterForReporting(nint registration)
    {
    }
}

using System.Runtime.InteropServices;
using ToroCosmos.Benchmarking;

namespace ToroCosmos.HostBenchmarks.Subjects;

/// <summary>Memory that the collector does not move, for as long as the process lives.</summary>
internal static unsafe class NativeBlock
{
    /// <summary>Zeroed memory on cache lines of its own.</summary>
    public static byte* Allocate(nuint bytes)
    {
        byte* block = (byte*)NativeMemory.AlignedAlloc(bytes + FlagPair.LineBytes, FlagPair.LineBytes);
        NativeMemory.Clear(block, bytes);
        return block;
    }
}

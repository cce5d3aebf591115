using System;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Memory;

/// <summary>
/// Measures how messages are copied fastest on the running machine: vectors take half the time of words on a processor,
/// and twice as long under an emulator that translates code.
/// </summary>
public static unsafe class CopyMeasurement
{
    private const int Runs = 8;
    private const int Copies = 32;

    /// <summary>
    /// Has <see cref="MemoryCopy"/> copy in the way that is faster here. Takes well below a millisecond; while no other
    /// core copies.
    /// </summary>
    /// <returns>Whether that is by vectors.</returns>
    public static bool Tune()
    {
        if (VectorCopy.IsSupported)
        {
            MemoryCopy.UsesVectors = AreVectorsFaster();
        }

        return MemoryCopy.UsesVectors;
    }

    private static bool AreVectorsFaster()
    {
        CopySample source = default;
        CopySample destination = default;
        ulong words = ulong.MaxValue;
        ulong vectors = ulong.MaxValue;

        // The shortest of some runs, by turns: the first ones warm the caches, or have an emulator translate the loop.
        for (int i = 0; i < Runs; i++)
        {
            words = Math.Min(words, Measure(&destination, &source, byVectors: false));
            vectors = Math.Min(vectors, Measure(&destination, &source, byVectors: true));
        }

        return vectors < words;
    }

    /// <returns>How long it takes, in ticks of the clock.</returns>
    private static ulong Measure(CopySample* destination, CopySample* source, bool byVectors)
    {
        MemoryCopy.UsesVectors = byVectors;
        ulong begin = Clock.Now;
        for (int i = 0; i < Copies; i++)
        {
            MemoryCopy.Copy((byte*)destination, (byte*)source, CopySample.Bytes);
        }

        return Clock.Now - begin;
    }
}

using System;
using ToroCosmos.Memory;

namespace ToroCosmos.Benchmarking;

/// <summary>What no subject can be faster than, measured in the same run.</summary>
public static unsafe class Floors
{
    /// <summary>The floor of latencies: a cache line from core to core, by a flag that the other one answers.</summary>
    public static Measurement Flag(SecondCore second, FlagPair flags)
    {
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(flags);
        return new Measurement("flag-oneway", sizeof(uint), Metric.Nanoseconds, PerRound: 2, batches =>
        {
            flags.Reset();
            second.Run(() => flags.Return(batches.AllRounds));
            batches.Time(flags.Serve);
            second.Join();
        })
        {
            IsFloor = true,
        };
    }

    /// <summary>The floor of bandwidths: a copy within one core, in the way that messages are copied.</summary>
    public static Measurement Copy(int bytes)
    {
        byte[] from = new byte[bytes];
        byte[] to = new byte[bytes];
        return new Measurement("copy", bytes, Metric.MegabytesPerSecond, PerRound: 1, batches => batches.Time(rounds =>
        {
            fixed (byte* source = from, destination = to)
            {
                for (int i = 0; i < rounds; i++)
                {
                    MemoryCopy.Copy(destination, source, (uint)bytes);
                }
            }
        }))
        {
            IsFloor = true,
        };
    }
}

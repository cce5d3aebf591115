using System.Threading;
using ToroCosmos.Hardware;

namespace ToroCosmos.BusBenchmark;

/// <summary>The floor: two cores that answer each other's flag, each on a cache line of its own.</summary>
internal static unsafe class FlagPair
{
    private const int LineBytes = 128;

    private static uint* s_there;
    private static uint* s_back;

    public static void Prepare()
    {
        s_there = (uint*)PhysicalMemory.Allocate(2 * LineBytes, LineBytes);
        s_back = s_there + (LineBytes / sizeof(uint));
    }

    public static void Reset()
    {
        *s_there = 0;
        *s_back = 0;
    }

    public static void Serve(uint rounds)
    {
        for (uint i = 1; i <= rounds; i++)
        {
            Volatile.Write(ref *s_there, i);
            while (Volatile.Read(ref *s_back) != i)
            {
            }
        }
    }

    public static void Return(uint rounds)
    {
        for (uint i = 1; i <= rounds; i++)
        {
            while (Volatile.Read(ref *s_there) != i)
            {
            }

            Volatile.Write(ref *s_back, i);
        }
    }
}

using System.Threading;

namespace ToroCosmos.Benchmarking;

/// <summary>Two flags, each on a cache line of its own, which two cores answer by turns.</summary>
/// <param name="memory"><see cref="Bytes"/> of memory aligned to <see cref="LineBytes"/>.</param>
public sealed unsafe class FlagPair(byte* memory)
{
    /// <summary>Two cache lines, because processors fetch lines in pairs.</summary>
    public const int LineBytes = 128;

    /// <summary>The memory of a pair, in bytes.</summary>
    public const int Bytes = 2 * LineBytes;

    private readonly uint* _there = (uint*)memory;
    private readonly uint* _back = (uint*)(memory + LineBytes);

    private uint _served;

    /// <summary>Takes both flags down, before the first round.</summary>
    public void Reset()
    {
        _served = 0;
        Volatile.Write(ref *_there, 0);
        Volatile.Write(ref *_back, 0);
    }

    /// <summary>The core that begins each round; called again, it goes on.</summary>
    public void Serve(int rounds)
    {
        uint* there = _there;
        uint* back = _back;
        uint last = _served + (uint)rounds;
        for (uint i = _served + 1; i <= last; i++)
        {
            Volatile.Write(ref *there, i);
            while (Volatile.Read(ref *back) != i)
            {
            }
        }

        _served = last;
    }

    /// <summary>The core that answers all rounds.</summary>
    public void Return(int rounds)
    {
        uint* there = _there;
        uint* back = _back;
        for (uint i = 1; i <= (uint)rounds; i++)
        {
            while (Volatile.Read(ref *there) != i)
            {
            }

            Volatile.Write(ref *back, i);
        }
    }
}

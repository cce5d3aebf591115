namespace ToroCosmos.Mpi.Memory;

/// <summary>A stretch of memory that is handed out once, piece by piece; on no memory it only counts.</summary>
internal unsafe struct Region
{
    private const nuint Alignment = 64;

    private readonly byte* _start;

    public Region(byte* start)
    {
        _start = start;
        Bytes = 0;
    }

    /// <summary>How much was handed out.</summary>
    public nuint Bytes { get; private set; }

    /// <summary>The next piece, on a cache line of its own.</summary>
    public byte* Take(nuint bytes)
    {
        byte* piece = _start + Bytes;
        Bytes += (bytes + Alignment - 1) & ~(Alignment - 1);
        return piece;
    }
}

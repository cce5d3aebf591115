namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>A store that waits in a core's store buffer.</summary>
internal readonly record struct BufferedStore(int Offset, int Bytes, ulong Value)
{
    /// <summary>Whether it writes a part of a field.</summary>
    public bool Overlaps(int offset, int bytes) => Offset < offset + bytes && offset < Offset + Bytes;
}

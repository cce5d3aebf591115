namespace ToroCosmos.NativeAot.Memory;

/// <summary>A stretch of memory, from <see cref="Start"/> up to but without <see cref="End"/>.</summary>
internal struct MemoryRegion
{
    public ulong Start;
    public ulong End;
}

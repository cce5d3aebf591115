using ToroCosmos.Seam;

namespace ToroCosmos.Memory;

/// <summary>Memory of the machine for its devices.</summary>
public sealed unsafe class MachineDmaPool : DmaPool
{
    // What is taken from the machine at once at the least: it cannot be given back there.
    private const uint RegionBytes = 1U << 20;

    /// <inheritdoc/>
    protected override DmaMemory Grow(uint leastBytes)
    {
        uint bytes = leastBytes > RegionBytes ? leastBytes : RegionBytes;
        byte* start = PhysicalMemory.Allocate(bytes, bytes);
        if (start == null && bytes > leastBytes)
        {
            // Less is left, which may do.
            bytes = leastBytes;
            start = PhysicalMemory.Allocate(bytes, bytes);
        }

        // Virtual and physical addresses are equal.
        return start == null ? default : new DmaMemory(start, (nuint)start, bytes);
    }
}

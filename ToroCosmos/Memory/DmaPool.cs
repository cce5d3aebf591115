namespace ToroCosmos.Memory;

/// <summary>
/// Memory for devices that can be given back: queues and buffers of drivers that come and go. Blocks are powers of two, cut
/// from larger ones and joined again (Knowlton's buddy system); what is noted of them lies where no device writes.
/// <para>
/// For a driver's set-up, not for each request. Of one core at a time.
/// </para>
/// </summary>
/// <remarks>The memory comes from <see cref="Grow"/>, and the pool never gives it back to there.</remarks>
public abstract class DmaPool
{
    /// <summary>
    /// The smallest block, in bytes: no two stretches share two cache lines, which are what processors fetch. Every stretch
    /// is aligned to it, and one of more bytes to the least power of two that holds it.
    /// </summary>
    public const uint SmallestBytes = 128;

    /// <summary>The longest stretch, in bytes.</summary>
    public const uint LargestBytes = 1U << 30;

    private DmaRegion? _regions;

    /// <summary>How many bytes are in use, each stretch counted by the block that holds it.</summary>
    public ulong UsedBytes { get; private set; }

    /// <summary>How many bytes the pool has.</summary>
    public ulong TotalBytes { get; private set; }

    /// <summary>Takes zeroed memory.</summary>
    /// <param name="bytes">How much, from 1 to <see cref="LargestBytes"/>.</param>
    /// <param name="memory">The memory; none when the answer is false.</param>
    /// <returns>False when there is no such stretch left, or the length is not allowed.</returns>
    public bool TryAllocate(uint bytes, out DmaMemory memory)
    {
        memory = default;
        if (bytes == 0 || bytes > LargestBytes)
        {
            return false;
        }

        int order = OrderOf(bytes);
        for (DmaRegion? region = _regions; region != null; region = region.Next)
        {
            if (region.TryAllocate(order, bytes, out memory))
            {
                UsedBytes += SmallestBytes << order;
                return true;
            }
        }

        return TryGrow(order) && TryAllocate(bytes, out memory);
    }

    /// <summary>Gives memory back. No device may know its address any more.</summary>
    /// <param name="memory">As it was taken, whole.</param>
    /// <returns>False when it is not in use as this stretch of this pool; nothing was done then.</returns>
    public bool TryFree(DmaMemory memory)
    {
        if (memory.IsEmpty || memory.Bytes > LargestBytes)
        {
            return false;
        }

        int order = OrderOf(memory.Bytes);
        for (DmaRegion? region = _regions; region != null; region = region.Next)
        {
            if (region.TryFree(order, memory))
            {
                UsedBytes -= SmallestBytes << order;
                return true;
            }
        }

        return false;
    }

    /// <summary>Gets more memory, for ever.</summary>
    /// <param name="leastBytes">The least that helps: a power of two, to which both addresses are to be aligned.</param>
    /// <returns>
    /// Memory with a power of two of bytes, to which both addresses are aligned; none when there is none left.
    /// </returns>
    protected abstract DmaMemory Grow(uint leastBytes);

    private static int OrderOf(uint bytes)
    {
        int order = 0;
        while (SmallestBytes << order < bytes)
        {
            order++;
        }

        return order;
    }

    private bool TryGrow(int order)
    {
        DmaMemory memory = Grow(SmallestBytes << order);
        if (memory.IsEmpty)
        {
            return false;
        }

        int whole = OrderOf(memory.Bytes);
        _regions = new DmaRegion(memory, whole, _regions);
        TotalBytes += memory.Bytes;
        return whole >= order;
    }
}

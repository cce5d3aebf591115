using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// A place in a packed ring with its wrap counter (VirtIO 1.2, Driver and Device Ring Wrap Counters), which begins with 1
/// and changes whenever the ring's end is passed.
/// </summary>
internal readonly struct PackedPosition
{
    /// <summary>Both counters' first position: descriptor 0, wrap counter 1.</summary>
    public static PackedPosition First => new(0, true);

    private PackedPosition(int index, bool wrap)
    {
        Index = index;
        Wrap = wrap;
    }

    /// <summary>The descriptor's number.</summary>
    public int Index { get; }

    /// <summary>The wrap counter.</summary>
    public bool Wrap { get; }

    /// <summary>As it is written into an event suppression structure or a notification.</summary>
    public ushort Bits => (ushort)(Index | (Wrap ? EventSuppression.WrapMask : 0));

    /// <summary>The flags by which a driver makes a descriptor here available.</summary>
    public PackedDescriptorFlags Available => Wrap ? PackedDescriptorFlags.Avail : PackedDescriptorFlags.Used;

    /// <summary>Whether a descriptor here that has these flags is used (VirtIO 1.2, Packed Virtqueues, Descriptor Flags).</summary>
    public bool IsUsed(PackedDescriptorFlags flags)
    {
        const PackedDescriptorFlags Both = PackedDescriptorFlags.Avail | PackedDescriptorFlags.Used;
        return (flags & Both) == (Wrap ? Both : PackedDescriptorFlags.None);
    }

    /// <summary>The position some descriptors further on, at most the whole ring.</summary>
    public PackedPosition Plus(int descriptors, int size)
    {
        int index = Index + descriptors;
        return index < size ? new PackedPosition(index, Wrap) : new PackedPosition(index - size, !Wrap);
    }
}

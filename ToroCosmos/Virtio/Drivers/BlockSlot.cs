using ToroCosmos.Memory;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Virtio.Drivers;

/// <summary>A request that may be on its way: its memory, and what became of it.</summary>
internal sealed class BlockSlot
{
    /// <summary>Where the parts of <see cref="Memory"/> begin: the header, then the range to discard, then the status.</summary>
    public const uint RangeOffset = 16;

    public const uint StatusOffset = 32;
    public const uint MemoryBytes = 33;

    /// <summary>What the request's own parts lie in.</summary>
    public DmaMemory Memory;

    /// <summary>Where data is copied to and from, for calls with a span.</summary>
    public DmaMemory Buffer;

    public BlockSlotState State;

    /// <summary>How many bytes the device must have written, the status among them.</summary>
    public uint Expected;

    /// <summary>The user's name for the request.</summary>
    public nuint Tag;

    /// <summary>When it has ended: how.</summary>
    public VirtioStatus Result;
}

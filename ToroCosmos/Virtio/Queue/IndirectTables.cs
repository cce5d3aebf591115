using ToroCosmos.Memory;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// Memory for the tables of indirect descriptors (VirtIO 1.2, Indirect Descriptors), one for each chain that a queue can
/// have. The tables of both kinds of ring are tables of 16-byte descriptors.
/// </summary>
internal readonly unsafe struct IndirectTables
{
    private readonly DmaMemory _memory;

    /// <summary>Divides memory into tables.</summary>
    /// <param name="memory">As much as <see cref="RequiredBytes"/> says.</param>
    /// <param name="buffersEach">How many buffers a table can hold; 0 for no tables.</param>
    public IndirectTables(DmaMemory memory, int buffersEach)
    {
        _memory = memory;
        BuffersEach = buffersEach;
    }

    /// <summary>How many buffers a table can hold.</summary>
    public int BuffersEach { get; }

    /// <summary>How much memory the tables take, in bytes.</summary>
    public static ulong RequiredBytes(int tables, int buffersEach) => (ulong)(uint)tables * (uint)buffersEach * Descriptor.Bytes;

    /// <summary>Whether a chain goes into a table: there it takes one descriptor of the ring. One buffer takes no more anyway.</summary>
    public bool Suits(int buffers) => buffers > 1 && buffers <= BuffersEach;

    /// <summary>A chain's table.</summary>
    public DmaMemory Of(int chain)
    {
        uint bytes = (uint)BuffersEach * Descriptor.Bytes;
        return _memory.Part((uint)chain * bytes, bytes);
    }
}

using System;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// The three areas of a split virtqueue, laid out one after the other in plain memory, each on lines of its own: what
/// one side writes never shares a line with what the other side writes.
/// </summary>
public readonly unsafe struct VirtqueueMemory
{
    /// <summary>
    /// Alignment of every area, in bytes. Two cache lines, because processors fetch lines in pairs. More than the
    /// specification asks of any area.
    /// </summary>
    public const int LineBytes = 128;

    /// <summary>Describes a queue.</summary>
    /// <param name="memory">
    /// <see cref="RequiredBytes"/> of memory, aligned to <see cref="LineBytes"/>; left as it is.
    /// </param>
    /// <param name="size">How many descriptors: a power of two up to <see cref="SplitVirtqueue.MaximumSize"/>.</param>
    /// <exception cref="ArgumentException">The memory is not aligned or the size is not valid.</exception>
    public VirtqueueMemory(byte* memory, int size)
    {
        if (memory == null || ((nuint)memory & (LineBytes - 1)) != 0)
        {
            throw new ArgumentException("A virtqueue needs memory aligned to 128 bytes.", nameof(memory));
        }

        if (!SplitVirtqueue.IsValidSize(size))
        {
            throw new ArgumentException("The size of a virtqueue is a power of two from 1 to 32768.", nameof(size));
        }

        this = At(memory, size);
    }

    /// <summary>Describes a queue whose memory and size are known to be right: for any core, so it does not throw.</summary>
    /// <param name="memory">As for the constructor.</param>
    /// <param name="size">As for the constructor.</param>
    [AnyCore]
    public static VirtqueueMemory At(byte* memory, int size) => new()
    {
        Size = size,
        Descriptors = (Descriptor*)memory,
        Avail = memory + AvailOffset(size),
        Used = memory + UsedOffset(size),
    };

    /// <summary>How many descriptors the queue has.</summary>
    public int Size { get; private init; }

    /// <summary>The descriptor table.</summary>
    public Descriptor* Descriptors { get; private init; }

    /// <summary>The available ring.</summary>
    public byte* Avail { get; private init; }

    /// <summary>The used ring.</summary>
    public byte* Used { get; private init; }

    /// <summary>The available ring's flags.</summary>
    public ushort* AvailFlags => (ushort*)(Avail + AvailRing.FlagsOffset);

    /// <summary>The available ring's index.</summary>
    public ushort* AvailIndex => (ushort*)(Avail + AvailRing.IndexOffset);

    /// <summary>The available ring's entries.</summary>
    public ushort* AvailEntries => (ushort*)(Avail + AvailRing.EntriesOffset);

    /// <summary>The used ring's flags.</summary>
    public ushort* UsedFlags => (ushort*)(Used + UsedRing.FlagsOffset);

    /// <summary>The used ring's index.</summary>
    public ushort* UsedIndex => (ushort*)(Used + UsedRing.IndexOffset);

    /// <summary>The used ring's elements.</summary>
    public UsedElement* UsedElements => (UsedElement*)(Used + UsedRing.ElementsOffset);

    /// <summary>How much memory a queue takes, in bytes: a multiple of <see cref="LineBytes"/>.</summary>
    public static int RequiredBytes(int size) => UsedOffset(size) + WholeLines(UsedRing.Bytes(size));

    /// <summary>Sets every area to zero: an empty queue with no buffer.</summary>
    public void Clear() => MemoryCopy.Clear((byte*)Descriptors, (uint)RequiredBytes(Size));

    private static int AvailOffset(int size) => WholeLines(SplitVirtqueue.DescriptorTableBytes(size));

    private static int UsedOffset(int size) => AvailOffset(size) + WholeLines(AvailRing.Bytes(size));

    private static int WholeLines(int bytes) => (bytes + LineBytes - 1) & ~(LineBytes - 1);
}

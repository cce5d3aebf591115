using ToroCosmos.Memory;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// The three areas of a packed virtqueue, laid out one after the other in plain memory, each on lines of its own, as
/// <see cref="VirtqueueMemory"/> does for a split one.
/// </summary>
internal readonly unsafe struct PackedVirtqueueMemory
{
    private readonly byte* _memory;

    /// <summary>Describes a queue.</summary>
    /// <param name="memory"><see cref="RequiredBytes"/>, aligned to <see cref="VirtqueueMemory.LineBytes"/>; left as it is.</param>
    /// <param name="size">How many descriptors.</param>
    public PackedVirtqueueMemory(byte* memory, int size)
    {
        _memory = memory;
        Size = size;
    }

    /// <summary>How many descriptors the queue has.</summary>
    public int Size { get; }

    /// <summary>The descriptor ring.</summary>
    public PackedDescriptor* Descriptors => (PackedDescriptor*)_memory;

    /// <summary>The driver's event suppression: its position, with the wrap counter.</summary>
    public ushort* DriverPosition => (ushort*)(_memory + DriverOffset(Size) + EventSuppression.PositionOffset);

    /// <summary>The driver's event suppression: its flags.</summary>
    public ushort* DriverFlags => (ushort*)(_memory + DriverOffset(Size) + EventSuppression.FlagsOffset);

    /// <summary>The device's event suppression, both fields in one word.</summary>
    public uint* DeviceEvent => (uint*)(_memory + DeviceOffset(Size));

    /// <summary>Where the driver area begins, from the beginning of the memory.</summary>
    public static int DriverOffset(int size) => WholeLines(PackedVirtqueue.DescriptorRingBytes(size));

    /// <summary>Where the device area begins, from the beginning of the memory.</summary>
    public static int DeviceOffset(int size) => DriverOffset(size) + VirtqueueMemory.LineBytes;

    /// <summary>How much memory a queue takes, in bytes: a multiple of <see cref="VirtqueueMemory.LineBytes"/>.</summary>
    public static int RequiredBytes(int size) => DeviceOffset(size) + VirtqueueMemory.LineBytes;

    /// <summary>Sets every area to zero: no descriptor is available or used at the wrap counters' first value.</summary>
    public void Clear() => MemoryCopy.Clear(_memory, (uint)RequiredBytes(Size));

    private static int WholeLines(int bytes) => (bytes + VirtqueueMemory.LineBytes - 1) & ~(VirtqueueMemory.LineBytes - 1);
}

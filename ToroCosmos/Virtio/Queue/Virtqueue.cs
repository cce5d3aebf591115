using ToroCosmos.Memory;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// A driver's virtqueue, split or packed. A request is a <see cref="BufferChain"/>, added under a token of the driver's own
/// and published with those added before it; the device uses chains in any order, and each is taken back with its token and
/// with how many bytes the device wrote:
/// <code>
/// chain.Clear();
/// chain.AddReadable(header);
/// chain.AddWritable(data);
/// QueueStatus status = queue.TryAdd(chain, token);
/// if (queue.Publish())
/// {
///     transport.Notify(queueIndex);
/// }
///
/// while (queue.TryTake(out nuint token, out uint bytes) == QueueStatus.Ok) { ... }
/// </code>
/// <para>
/// Nothing that the device writes is believed: the queue keeps its own record of descriptors, chains and indices, reads each
/// shared field once and checks it. A violation breaks the queue: every call answers <see cref="QueueStatus.Broken"/>,
/// <see cref="Fault"/> has the reason, and after a reset of the device <see cref="TryDetach"/> tells which requests are lost.
/// What the device writes into buffers is for the driver to distrust. A device that is silent breaks nothing: waiting, and
/// for how long, is the driver's.
/// </para>
/// <para>
/// No call but <see cref="TryCreate"/> allocates, and none waits or throws. A queue is used by one core at a time, and not by an
/// interrupt handler while the core that it interrupted may be using it.
/// </para>
/// </summary>
public sealed unsafe class Virtqueue
{
    private readonly Ring _ring;
    private bool _isStopped;

    private Virtqueue(Ring ring, int size, ulong descriptorArea, uint driverOffset, uint deviceOffset)
    {
        _ring = ring;
        Size = size;
        DescriptorArea = descriptorArea;
        DriverArea = descriptorArea + driverOffset;
        DeviceArea = descriptorArea + deviceOffset;
    }

    /// <summary>How many descriptors the queue has.</summary>
    public int Size { get; }

    /// <summary>Physical address of the descriptor area: the descriptor table or ring.</summary>
    public ulong DescriptorArea { get; }

    /// <summary>Physical address of the driver area: the available ring, or the driver's event suppression.</summary>
    public ulong DriverArea { get; }

    /// <summary>Physical address of the device area: the used ring, or the device's event suppression.</summary>
    public ulong DeviceArea { get; }

    /// <summary>How the device broke the rules, if it did: the first violation.</summary>
    public QueueFault Fault => _ring.Fault;

    /// <summary>Whether it did.</summary>
    public bool IsBroken => Fault != QueueFault.None;

    /// <summary>How many chains were added and not taken or detached yet.</summary>
    public int Outstanding => _ring.Chains.Count;

    /// <summary>How many descriptors are free. A chain takes one for each buffer, or one where it is indirect.</summary>
    public int FreeDescriptors => _ring.FreeDescriptors;

    /// <summary>
    /// Where the queue stands, for the notifications of a device with VIRTIO_F_NOTIFICATION_DATA: the upper 16 bits of what
    /// is written (VirtIO 1.2, Driver Notifications).
    /// </summary>
    public ushort NotificationPosition => _ring.NotificationPosition;

    /// <summary>
    /// Whether a queue may have this many descriptors: up to 32768; a power of two, unless it is packed.
    /// </summary>
    public static bool IsValidSize(int size, VirtioFeatures features) =>
        IsPacked(features) ? PackedVirtqueue.IsValidSize(size) : SplitVirtqueue.IsValidSize(size);

    /// <summary>How much memory a queue takes, in bytes; 0 for one that cannot be.</summary>
    /// <param name="size">How many descriptors.</param>
    /// <param name="features">The features that were negotiated.</param>
    /// <param name="indirectBuffers">As for <see cref="TryCreate"/>.</param>
    public static uint RequiredBytes(int size, VirtioFeatures features, int indirectBuffers = 0)
    {
        if (!IsValidSize(size, features))
        {
            return 0;
        }

        ulong bytes = RingBytes(size, features) + IndirectTables.RequiredBytes(size, TableBuffers(size, features, indirectBuffers));
        return bytes > uint.MaxValue ? 0 : (uint)bytes;
    }

    /// <summary>
    /// Makes an empty queue, whose interrupts are suppressed. For the boot core, before the device is told where the queue
    /// is.
    /// </summary>
    /// <param name="memory">
    /// At least <see cref="RequiredBytes"/>, in both addresses aligned to <see cref="VirtqueueMemory.LineBytes"/>; with any
    /// content; the queue's until the device has been reset.
    /// </param>
    /// <param name="size">How many descriptors: what the device allows, or less where the transport can say so.</param>
    /// <param name="features">
    /// The features that were negotiated. What concerns the queue is <see cref="VirtioFeatures.RingPacked"/>,
    /// <see cref="VirtioFeatures.IndirectDescriptors"/>, <see cref="VirtioFeatures.EventIndex"/> and
    /// <see cref="VirtioFeatures.InOrder"/>.
    /// </param>
    /// <param name="queue">The queue, when the answer is Ok.</param>
    /// <param name="indirectBuffers">
    /// The longest chain for which there shall be a table, where the device knows indirect descriptors: chains of 2 up to so
    /// many buffers take one descriptor each. Longer chains and others take one for each buffer. 16 bytes of memory for each
    /// buffer and descriptor.
    /// </param>
    /// <returns>Ok, InvalidSize or InvalidMemory.</returns>
    public static QueueStatus TryCreate(
        DmaMemory memory, int size, VirtioFeatures features, out Virtqueue? queue, int indirectBuffers = 0)
    {
        queue = null;
        uint bytes = RequiredBytes(size, features, indirectBuffers);
        if (bytes == 0)
        {
            return QueueStatus.InvalidSize;
        }

        const uint Misaligned = VirtqueueMemory.LineBytes - 1;
        if (memory.IsEmpty || memory.Bytes < bytes || ((uint)(nuint)memory.Start & Misaligned) != 0 || ((uint)memory.Address & Misaligned) != 0)
        {
            return QueueStatus.InvalidMemory;
        }

        uint ringBytes = RingBytes(size, features);
        IndirectTables tables = new(memory.Part(ringBytes, bytes - ringBytes), TableBuffers(size, features, indirectBuffers));
        if (IsPacked(features))
        {
            PackedRing ring = new(new PackedVirtqueueMemory(memory.Start, size), tables, features);
            queue = new Virtqueue(
                ring, size, memory.Address, (uint)PackedVirtqueueMemory.DriverOffset(size), (uint)PackedVirtqueueMemory.DeviceOffset(size));
        }
        else
        {
            VirtqueueMemory areas = VirtqueueMemory.At(memory.Start, size);
            queue = new Virtqueue(
                new SplitRing(areas, tables, features), size, memory.Address, (uint)(areas.Avail - memory.Start), (uint)(areas.Used - memory.Start));
        }

        return QueueStatus.Ok;
    }

    /// <summary>
    /// Adds a chain behind those added before. The device sees it at the next <see cref="Publish"/>; until the chain is
    /// taken or detached its buffers are the device's.
    /// </summary>
    /// <param name="chain">The buffers; not kept.</param>
    /// <param name="token">Any value; what <see cref="TryTake"/> gives back.</param>
    /// <returns>
    /// Ok; Full; what is wrong with the chain: NoBuffers, TooManyBuffers, InvalidLength, InvalidOrder; Broken or Stopped.
    /// Unless it is Ok, nothing was added.
    /// </returns>
    [AnyCore]
    public QueueStatus TryAdd(BufferChain chain, nuint token)
    {
        QueueStatus status = Status;
        if (status == QueueStatus.Ok)
        {
            status = chain.Status;
        }

        if (status == QueueStatus.Ok && (chain.Count == 0 || chain.Count > Size))
        {
            // VirtIO 1.2, Driver Requirements: Indirect Descriptors: no chain is longer than the queue, not even in a table.
            status = chain.Count == 0 ? QueueStatus.NoBuffers : QueueStatus.TooManyBuffers;
        }

        return status == QueueStatus.Ok ? _ring.TryAdd(chain, token) : status;
    }

    /// <summary>Makes the chains that were added available to the device.</summary>
    /// <returns>
    /// Whether the device must be notified now. Notifying it without need is harmless, and never before it was told
    /// DRIVER_OK.
    /// </returns>
    [AnyCore]
    public bool Publish() => Status == QueueStatus.Ok && _ring.Chains.Added != _ring.Chains.Published && _ring.Publish();

    /// <summary>Takes a chain that the device has used.</summary>
    /// <param name="token">The token it was added under; 0 for none.</param>
    /// <param name="bytes">
    /// How many bytes, from the first writable buffer's beginning on, the device says it wrote: never more than there is room
    /// for. What lies behind them is to be ignored.
    /// </param>
    /// <returns>Ok, Empty, Broken or Stopped.</returns>
    [AnyCore]
    public QueueStatus TryTake(out nuint token, out uint bytes)
    {
        token = 0;
        bytes = 0;
        QueueStatus status = Status;
        return status == QueueStatus.Ok ? _ring.TryTake(out token, out bytes) : status;
    }

    /// <summary>Whether <see cref="TryTake"/> has something to tell: a chain, or that the queue works no more.</summary>
    [AnyCore]
    public bool HasNews() => Status != QueueStatus.Ok || _ring.HasNews();

    /// <summary>
    /// Asks for an interrupt when the device uses the next chain, unless it has used one already. Each request is good for
    /// one interrupt, though more may come: after an interrupt take all there is, then ask again.
    /// </summary>
    /// <returns>
    /// False when there is something to take, for which no interrupt may come: take it and ask again.
    /// </returns>
    [AnyCore]
    public bool TryEnableInterrupts()
    {
        RequestInterrupt();

        // Orders the request before the look: either the device sees it when it has used a chain, or the chain is seen here.
        RingMemory.Fence();
        return !HasNews();
    }

    /// <summary>
    /// The first part of <see cref="TryEnableInterrupts"/>, for who waits for several things: the caller fences and looks at
    /// <see cref="HasNews"/> once more.
    /// </summary>
    [AnyCore]
    public void RequestInterrupt()
    {
        if (Status == QueueStatus.Ok)
        {
            _ring.RequestInterrupt();
        }
    }

    /// <summary>Says that this side looks by itself. Interrupts that are on their way, or that the device sends anyway, come.</summary>
    [AnyCore]
    public void SuppressInterrupts()
    {
        if (Status == QueueStatus.Ok)
        {
            _ring.SuppressInterrupts();
        }
    }

    /// <summary>Breaks the queue because the device's answer in a buffer makes no sense.</summary>
    [AnyCore]
    public void Break() => _ring.Break(QueueFault.WrongAnswer);

    /// <summary>
    /// Takes back a chain that the device has not used, whichever, or whose use was not taken. Only after the device was
    /// reset: from the first call on the queue is stopped.
    /// </summary>
    /// <param name="token">The token it was added under.</param>
    /// <returns>Ok, or Empty when there is none left.</returns>
    [AnyCore]
    public QueueStatus TryDetach(out nuint token)
    {
        _isStopped = true;
        return _ring.Chains.TryDetach(out token) ? QueueStatus.Ok : QueueStatus.Empty;
    }

    /// <summary>
    /// Makes it an empty queue again, in the same memory, with interrupts suppressed; chains that were not detached are
    /// forgotten. Only after the device was reset and before it is told of the queue again.
    /// </summary>
    [AnyCore]
    public void Reset()
    {
        _ring.Reset();
        _isStopped = false;
    }

    private QueueStatus Status =>
        _isStopped ? QueueStatus.Stopped : IsBroken ? QueueStatus.Broken : QueueStatus.Ok;

    private static bool IsPacked(VirtioFeatures features) => (features & VirtioFeatures.RingPacked) != 0;

    private static uint RingBytes(int size, VirtioFeatures features) =>
        (uint)(IsPacked(features) ? PackedVirtqueueMemory.RequiredBytes(size) : VirtqueueMemory.RequiredBytes(size));

    private static int TableBuffers(int size, VirtioFeatures features, int indirectBuffers)
    {
        if ((features & VirtioFeatures.IndirectDescriptors) == 0 || indirectBuffers < 2)
        {
            return 0;
        }

        return indirectBuffers < size ? indirectBuffers : size;
    }
}

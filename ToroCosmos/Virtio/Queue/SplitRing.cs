using ToroCosmos.Memory;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// The driver's side of a split virtqueue (VirtIO 1.2, Split Virtqueues). Of the memory that it shares with the device it
/// reads the used ring alone, and each field once.
/// </summary>
internal sealed unsafe class SplitRing : Ring
{
    private readonly VirtqueueMemory _queue;
    private readonly IndirectTables _tables;
    private readonly ushort _mask;
    private readonly bool _hasEventIndex;
    private readonly bool _isInOrder;

    private ushort _next;      // The next used element to take; free-running.
    private ushort _usedSeen;  // The used index as last read: elements before it may be taken.

    // With VIRTIO_F_IN_ORDER. A device may tell of several chains by the element of the last.
    private int _oldest;       // The chain that is used next.
    private int _batchEnd;     // The last chain of the batch that is being taken, or -1.
    private uint _batchLength; // What the device wrote into that one.

    public SplitRing(in VirtqueueMemory queue, IndirectTables tables, VirtioFeatures features)
        : base(queue.Size)
    {
        _queue = queue;
        _tables = tables;
        _mask = (ushort)(queue.Size - 1);
        _hasEventIndex = (features & VirtioFeatures.EventIndex) != 0;
        _isInOrder = (features & VirtioFeatures.InOrder) != 0;
        Reset();
    }

    public override int FreeDescriptors => Chains.Free;

    public override ushort NotificationPosition => Chains.Published;

    public override void Reset()
    {
        base.Reset();

        // Zeroes the used flags too (VirtIO 1.2, Driver Requirements: Available Buffer Notification
        // Suppression).
        _queue.Clear();
        _next = 0;
        _usedSeen = 0;
        _oldest = 0;
        _batchEnd = -1;
        SuppressInterrupts();
    }

    public override QueueStatus TryAdd(BufferChain buffers, nuint token)
    {
        bool isIndirect = _tables.Suits(buffers.Count);
        int slots = isIndirect ? 1 : buffers.Count;
        if (slots > Chains.Free)
        {
            return QueueStatus.Full;
        }

        int head = Chains.FirstFree;
        int last = isIndirect ? WriteTable(buffers, head) : WriteChain(buffers, head);
        RingMemory.Store(_queue.AvailEntries + (Chains.Added & _mask), (ushort)head);
        Chains.Add(token, buffers.WritableBytes, slots, last, slots);
        return QueueStatus.Ok;
    }

    public override bool Publish()
    {
        ushort before = Chains.Published;
        Chains.Publish();
        ushort now = Chains.Published;

        // Orders the descriptors and entries before the index that makes them available.
        RingMemory.Store(_queue.AvailIndex, now);

        // Orders the index before the look whether the device wants to know: either it sees the index when it looks for
        // the last time, or this side sees that it no longer looks.
        RingMemory.Fence();
        if (_hasEventIndex)
        {
            ushort at = RingMemory.Load((ushort*)(_queue.Used + UsedRing.AvailEventOffset(_queue.Size)));
            return EventIndex.IsReached(at, before, now);
        }

        return (RingMemory.Load(_queue.UsedFlags) & (ushort)UsedFlags.NoNotify) == 0;
    }

    public override QueueStatus TryTake(out nuint token, out uint bytes)
    {
        token = 0;
        bytes = 0;
        if (_next == _usedSeen)
        {
            // Orders the index before the elements and buffers that it covers.
            ushort used = RingMemory.Load(_queue.UsedIndex);
            if (used == _next)
            {
                return QueueStatus.Empty;
            }

            if ((ushort)(used - _next) > (ushort)(Chains.Published - _next))
            {
                return Break(QueueFault.UsedIndexJump);
            }

            _usedSeen = used;
        }

        return _isInOrder ? TakeInOrder(out token, out bytes) : TakeAny(out token, out bytes);
    }

    public override bool HasNews() => _next != _usedSeen || RingMemory.Load(_queue.UsedIndex) != _next;

    public override void RequestInterrupt()
    {
        if (_hasEventIndex)
        {
            RingMemory.Store(UsedEvent, _next);
        }
        else
        {
            RingMemory.Store(_queue.AvailFlags, (ushort)AvailFlags.None);
        }
    }

    public override void SuppressInterrupts()
    {
        if (_hasEventIndex)
        {
            // The flags stay 0 (VirtIO 1.2, Driver Requirements: Used Buffer Notification Suppression); an index that has
            // passed comes again only after more elements than the queue can have.
            RingMemory.Store(UsedEvent, (ushort)(_next - 1));
        }
        else
        {
            RingMemory.Store(_queue.AvailFlags, (ushort)AvailFlags.NoInterrupt);
        }
    }

    private ushort* UsedEvent => (ushort*)(_queue.Avail + AvailRing.UsedEventOffset(_queue.Size));

    private QueueStatus TakeAny(out nuint token, out uint bytes)
    {
        QueueFault fault = ReadElement(out int chain, out bytes);
        if (fault != QueueFault.None)
        {
            token = 0;
            return Break(fault);
        }

        token = Take(chain);
        return QueueStatus.Ok;
    }

    private QueueStatus TakeInOrder(out nuint token, out uint bytes)
    {
        if (_batchEnd < 0)
        {
            QueueFault fault = ReadElement(out int end, out bytes);
            if (fault == QueueFault.None && (ushort)(Chains[end].Position - _next) >= (ushort)(_usedSeen - _next))
            {
                fault = QueueFault.UsedOutOfOrder;
            }

            if (fault != QueueFault.None)
            {
                token = 0;
                bytes = 0;
                return Break(fault);
            }

            _batchEnd = end;
            _batchLength = bytes;
        }

        // VirtIO 1.2, In-order use of descriptors: what a batch skips was used completely.
        int chain = _oldest;
        bytes = chain == _batchEnd ? _batchLength : Chains[chain].WritableBytes;
        _batchEnd = chain == _batchEnd ? -1 : _batchEnd;
        _oldest = Chains.Next(Chains[chain].Last);
        token = Take(chain);
        return QueueStatus.Ok;
    }

    private QueueFault ReadElement(out int chain, out uint bytes)
    {
        UsedElement* element = _queue.UsedElements + (_next & _mask);
        uint id = RingMemory.Load(&element->Id);
        uint length = RingMemory.Load(&element->Length);
        QueueFault fault = Chains.Check(id);
        if (fault == QueueFault.None && length > Chains[(int)id].WritableBytes)
        {
            fault = QueueFault.UsedLengthTooLong;
        }

        chain = fault == QueueFault.None ? (int)id : 0;
        bytes = fault == QueueFault.None ? length : 0;
        return fault;
    }

    private nuint Take(int chain)
    {
        nuint token = Chains[chain].Token;
        Chains.Remove(chain, Chains[chain].Descriptors);
        _next++;
        return token;
    }

    private int WriteChain(BufferChain buffers, int head)
    {
        int slot = head;
        for (int i = 0; i < buffers.Count; i++)
        {
            slot = i == 0 ? head : Chains.Next(slot);
            bool isLast = i == buffers.Count - 1;
            ref readonly ChainBuffer buffer = ref buffers.At(i);
            DescriptorFields.Write(_queue.Descriptors + slot, buffer.Address, buffer.Bytes, Flags(buffers, i), isLast ? 0 : Chains.Next(slot));
        }

        return slot;
    }

    private int WriteTable(BufferChain buffers, int head)
    {
        DmaMemory table = _tables.Of(head);
        for (int i = 0; i < buffers.Count; i++)
        {
            bool isLast = i == buffers.Count - 1;
            ref readonly ChainBuffer buffer = ref buffers.At(i);
            DescriptorFields.Write((Descriptor*)table.Start + i, buffer.Address, buffer.Bytes, Flags(buffers, i), isLast ? 0 : i + 1);
        }

        uint bytes = (uint)buffers.Count * Descriptor.Bytes;
        DescriptorFields.Write(_queue.Descriptors + head, table.Address, bytes, DescriptorFlags.Indirect, 0);
        return head;
    }

    private static DescriptorFlags Flags(BufferChain buffers, int index) =>
        (index == buffers.Count - 1 ? DescriptorFlags.None : DescriptorFlags.Next)
        | (buffers.IsWritable(index) ? DescriptorFlags.Write : DescriptorFlags.None);
}

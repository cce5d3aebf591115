using ToroCosmos.Memory;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// The driver's side of a split virtqueue (VirtIO 1.2, Split Virtqueues). Of the memory that it shares with the device it
/// reads the used ring alone, and each field once.
/// </summary>
internal sealed unsafe class SplitRing
{
    private readonly VirtqueueMemory _queue;
    private readonly IndirectTables _tables;
    private readonly ChainTable _chains;
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
    {
        _queue = queue;
        _tables = tables;
        _chains = new ChainTable(queue.Size);
        _mask = (ushort)(queue.Size - 1);
        _hasEventIndex = (features & VirtioFeatures.EventIndex) != 0;
        _isInOrder = (features & VirtioFeatures.InOrder) != 0;
        Reset();
    }

    public ChainTable Chains => _chains;

    public QueueFault Fault { get; private set; }

    /// <summary>The available index that a notification with VIRTIO_F_NOTIFICATION_DATA carries.</summary>
    public ushort Position => _chains.Published;

    /// <summary>An empty queue, whatever was in it. The device must not use it.</summary>
    public void Reset()
    {
        // Zeroes the used flags too (VirtIO 1.2, Driver Requirements: The Virtqueue Used Ring).
        _queue.Clear();
        _chains.Clear();
        Fault = QueueFault.None;
        _next = 0;
        _usedSeen = 0;
        _oldest = 0;
        _batchEnd = -1;
        SuppressInterrupts();
    }

    public QueueStatus TryAdd(BufferChain buffers, nuint token)
    {
        bool isIndirect = _tables.Suits(buffers.Count);
        int slots = isIndirect ? 1 : buffers.Count;
        if (slots > _chains.Free)
        {
            return QueueStatus.Full;
        }

        int head = _chains.FirstFree;
        int last = isIndirect ? WriteTable(buffers, head) : WriteChain(buffers, head);
        RingMemory.Store(_queue.AvailEntries + (_chains.Added & _mask), (ushort)head);
        _chains.Add(token, buffers.WritableBytes, slots, last, slots);
        return QueueStatus.Ok;
    }

    public bool Publish()
    {
        ushort before = _chains.Published;
        _chains.Publish();
        ushort now = _chains.Published;

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

    public QueueStatus TryTake(out nuint token, out uint bytes)
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

            if ((ushort)(used - _next) > (ushort)(_chains.Published - _next))
            {
                return Break(QueueFault.UsedIndexJump);
            }

            _usedSeen = used;
        }

        return _isInOrder ? TakeInOrder(out token, out bytes) : TakeAny(out token, out bytes);
    }

    /// <summary>Whether <see cref="TryTake"/> has something to tell.</summary>
    public bool HasNews() => _next != _usedSeen || RingMemory.Load(_queue.UsedIndex) != _next;

    /// <summary>Asks for an interrupt when the next element is used. A fence must follow, and another look.</summary>
    public void RequestInterrupt()
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

    public void SuppressInterrupts()
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

    public QueueStatus Break(QueueFault fault)
    {
        if (Fault == QueueFault.None)
        {
            Fault = fault;
        }

        return QueueStatus.Broken;
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
            if (fault == QueueFault.None && (ushort)(_chains[end].Position - _next) >= (ushort)(_usedSeen - _next))
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
        bytes = chain == _batchEnd ? _batchLength : _chains[chain].WritableBytes;
        _batchEnd = chain == _batchEnd ? -1 : _batchEnd;
        _oldest = _chains.Next(_chains[chain].Last);
        token = Take(chain);
        return QueueStatus.Ok;
    }

    private QueueFault ReadElement(out int chain, out uint bytes)
    {
        UsedElement* element = _queue.UsedElements + (_next & _mask);
        uint id = RingMemory.Load(&element->Id);
        uint length = RingMemory.Load(&element->Length);
        chain = 0;
        bytes = 0;
        QueueFault fault = _chains.Check(id);
        if (fault == QueueFault.None)
        {
            chain = (int)id;
            bytes = length;
            fault = length > _chains[chain].WritableBytes ? QueueFault.UsedLengthTooLong : QueueFault.None;
        }

        return fault;
    }

    private nuint Take(int chain)
    {
        nuint token = _chains[chain].Token;
        _chains.Remove(chain, _chains[chain].Descriptors);
        _next++;
        return token;
    }

    private int WriteChain(BufferChain buffers, int head)
    {
        int slot = head;
        for (int i = 0; i < buffers.Count; i++)
        {
            slot = i == 0 ? head : _chains.Next(slot);
            bool isLast = i == buffers.Count - 1;
            ref readonly ChainBuffer buffer = ref buffers.At(i);
            DescriptorFields.Write(_queue.Descriptors + slot, buffer.Address, buffer.Bytes, Flags(buffers, i), isLast ? 0 : _chains.Next(slot));
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

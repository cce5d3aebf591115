using ToroCosmos.Memory;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// The driver's side of a packed virtqueue (VirtIO 1.2, Packed Virtqueues). The device overwrites descriptors, so nothing
/// that was written into one is ever read back but the used element that the flags announce, each field once.
/// </summary>
internal sealed unsafe class PackedRing : Ring
{
    private readonly PackedVirtqueueMemory _queue;
    private readonly IndirectTables _tables;
    private readonly bool _hasEventIndex;
    private readonly bool _isInOrder;

    private PackedPosition _available;     // Where the next chain begins.
    private PackedPosition _published;     // Where the first chain begins that the device was not told of.
    private PackedDescriptorFlags _withheldFlags; // That chain's first descriptor's flags: not yet in the ring.
    private int _withheld;                 // How many descriptors the device was not told of.
    private PackedPosition _next;          // Where the device writes the next used element.
    private int _free;

    // With VIRTIO_F_IN_ORDER. A device may tell of several chains by the element of the last.
    private int _oldest;                   // The chain that is used next.
    private int _batchEnd;                 // The last chain of the batch that is being taken, or -1.
    private uint _batchLength;             // What the device wrote into that one.

    public PackedRing(PackedVirtqueueMemory queue, IndirectTables tables, VirtioFeatures features)
        : base(queue.Size)
    {
        _queue = queue;
        _tables = tables;
        _hasEventIndex = (features & VirtioFeatures.EventIndex) != 0;
        _isInOrder = (features & VirtioFeatures.InOrder) != 0;
        Reset();
    }

    public override int FreeDescriptors => _free;

    public override ushort NotificationPosition => _published.Bits;

    public override void Reset()
    {
        base.Reset();
        _queue.Clear();
        _available = PackedPosition.First;
        _published = PackedPosition.First;
        _withheld = 0;
        _next = PackedPosition.First;
        _free = _queue.Size;
        _oldest = 0;
        _batchEnd = -1;
        SuppressInterrupts();
    }

    public override QueueStatus TryAdd(BufferChain buffers, nuint token)
    {
        bool isIndirect = _tables.Suits(buffers.Count);
        int descriptors = isIndirect ? 1 : buffers.Count;
        if (descriptors > _free)
        {
            return QueueStatus.Full;
        }

        int id = Chains.FirstFree;
        if (isIndirect)
        {
            DmaMemory table = WriteTable(buffers, id);
            Write(0, table.Address, (uint)buffers.Count * PackedDescriptor.Bytes, id, PackedDescriptorFlags.Indirect);
        }
        else
        {
            for (int i = 0; i < buffers.Count; i++)
            {
                ref readonly ChainBuffer buffer = ref buffers.At(i);
                PackedDescriptorFlags next = i == buffers.Count - 1 ? PackedDescriptorFlags.None : PackedDescriptorFlags.Next;
                Write(i, buffer.Address, buffer.Bytes, id, next | Access(buffers, i));
            }
        }

        Chains.Add(token, buffers.WritableBytes, slots: 1, last: id, descriptors);
        _available = _available.Plus(descriptors, _queue.Size);
        _withheld += descriptors;
        _free -= descriptors;
        return QueueStatus.Ok;
    }

    public override bool Publish()
    {
        Chains.Publish();
        ushort added = (ushort)_withheld;

        // Orders everything that was written into the descriptors, all further chains' flags included, before the flags
        // of the first: a device goes through the ring in order and stops there until they are (VirtIO 1.2, Next Flag:
        // Descriptor Chaining).
        RingMemory.Store(Flags(_published.Index), (ushort)_withheldFlags);
        _published = _available;
        _withheld = 0;

        // Orders the flags before the look whether the device wants to know: either it sees them when it looks for the
        // last time, or this side sees that it no longer looks.
        RingMemory.Fence();
        uint wish = RingMemory.Load(_queue.DeviceEvent);
        EventSuppressionFlags flags = (EventSuppressionFlags)(wish >> 16) & EventSuppressionFlags.Mask;
        if (flags == EventSuppressionFlags.Descriptor && _hasEventIndex)
        {
            // In descriptors from the ring's beginning at the driver's present wrap counter on; what lies before it is
            // negative, modulo 2^16.
            int at = (int)(wish & EventSuppression.NumberMask);
            bool isOfThisRound = (wish & EventSuppression.WrapMask) != 0 == _published.Wrap;
            ushort now = (ushort)_published.Index;
            return EventIndex.IsReached((ushort)(isOfThisRound ? at : at - _queue.Size), (ushort)(now - added), now);
        }

        return flags != EventSuppressionFlags.Disable;
    }

    public override QueueStatus TryTake(out nuint token, out uint bytes)
    {
        token = 0;
        bytes = 0;
        if (_batchEnd < 0)
        {
            PackedDescriptorFlags flags = LoadFlags();
            if (!_next.IsUsed(flags))
            {
                return QueueStatus.Empty;
            }

            QueueFault fault = ReadElement(flags, out int used, out uint length);
            if (fault != QueueFault.None)
            {
                return Break(fault);
            }

            if (!_isInOrder)
            {
                bytes = length;
                token = Take(used);
                return QueueStatus.Ok;
            }

            _batchEnd = used;
            _batchLength = length;
        }

        // VirtIO 1.2, In-order use of descriptors: what a batch skips was used completely.
        int chain = _oldest;
        bytes = chain == _batchEnd ? _batchLength : Chains[chain].WritableBytes;
        _batchEnd = chain == _batchEnd ? -1 : _batchEnd;
        _oldest = Chains.Next(chain);
        token = Take(chain);
        return QueueStatus.Ok;
    }

    public override bool HasNews() => _batchEnd >= 0 || _next.IsUsed(LoadFlags());

    public override void RequestInterrupt()
    {
        if (_hasEventIndex)
        {
            // Orders the position before the flags that make it count.
            RingMemory.Store(_queue.DriverPosition, _next.Bits);
            RingMemory.Store(_queue.DriverFlags, (ushort)EventSuppressionFlags.Descriptor);
        }
        else
        {
            RingMemory.Store(_queue.DriverFlags, (ushort)EventSuppressionFlags.Enable);
        }
    }

    public override void SuppressInterrupts() =>
        RingMemory.Store(_queue.DriverFlags, (ushort)EventSuppressionFlags.Disable);

    private ushort* Flags(int index) => (ushort*)&_queue.Descriptors[index].Flags;

    // Orders the flags before the element and the buffers that they announce.
    private PackedDescriptorFlags LoadFlags() => (PackedDescriptorFlags)RingMemory.Load(Flags(_next.Index));

    private static PackedDescriptorFlags Access(BufferChain buffers, int index) =>
        buffers.IsWritable(index) ? PackedDescriptorFlags.Write : PackedDescriptorFlags.None;

    private QueueFault ReadElement(PackedDescriptorFlags flags, out int chain, out uint bytes)
    {
        PackedDescriptor* element = _queue.Descriptors + _next.Index;
        ushort id = RingMemory.Load(&element->Id);
        uint length = RingMemory.Load(&element->Length);
        chain = id;
        bytes = 0;
        QueueFault fault = Chains.Check(id);
        if (fault == QueueFault.None && length <= Chains[chain].WritableBytes)
        {
            // Also without the flag Write, which devices of QEMU never set.
            bytes = length;
        }
        else if (fault == QueueFault.None && (flags & PackedDescriptorFlags.Write) != 0)
        {
            fault = QueueFault.UsedLengthTooLong;
        }

        // Else the length has no meaning (VirtIO 1.2, Packed Virtqueues, Element Address and Length).
        return fault;
    }

    private nuint Take(int chain)
    {
        nuint token = Chains[chain].Token;
        int descriptors = Chains[chain].Descriptors;
        Chains.Remove(chain, slots: 1);
        _next = _next.Plus(descriptors, _queue.Size);
        _free += descriptors;
        return token;
    }

    /// <summary>Writes a descriptor of the chain that is being added, its flags last.</summary>
    private void Write(int offset, ulong address, uint bytes, int id, PackedDescriptorFlags flags)
    {
        PackedPosition at = _available.Plus(offset, _queue.Size);
        DescriptorFields.Write(_queue.Descriptors + at.Index, address, bytes, id);
        if (_withheld == 0 && offset == 0)
        {
            // The device stops here until the chain is published.
            _withheldFlags = flags | at.Available;
        }
        else
        {
            RingMemory.Store(Flags(at.Index), (ushort)(flags | at.Available));
        }
    }

    private DmaMemory WriteTable(BufferChain buffers, int id)
    {
        DmaMemory table = _tables.Of(id);
        for (int i = 0; i < buffers.Count; i++)
        {
            // VirtIO 1.2, Indirect Flag: Scatter-Gather Support: of the flags only Write counts in a table, and the id not.
            PackedDescriptor* descriptor = (PackedDescriptor*)table.Start + i;
            ref readonly ChainBuffer buffer = ref buffers.At(i);
            DescriptorFields.Write(descriptor, buffer.Address, buffer.Bytes, id: 0);
            RingMemory.Store((ushort*)&descriptor->Flags, (ushort)Access(buffers, i));
        }

        return table;
    }
}

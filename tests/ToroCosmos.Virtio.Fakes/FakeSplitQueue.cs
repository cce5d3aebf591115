using System.Collections.Generic;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>The device's side of a split virtqueue (VirtIO 1.2, 2.7).</summary>
public sealed unsafe class FakeSplitQueue : FakeQueue
{
    private readonly Descriptor* _descriptors;
    private readonly byte* _avail;
    private readonly byte* _used;
    private readonly bool _hasEventIndex;
    private readonly bool _isInOrder;
    private readonly ushort _mask;
    private ushort _nextAvail;
    private ushort _nextUsed;
    private ushort _shownUsed;
    private int _nextInOrder;

    /// <summary>Takes up a queue at physical addresses.</summary>
    public FakeSplitQueue(
        FakeMemory memory, int size, VirtioFeatures features, ulong descriptorArea, ulong driverArea, ulong deviceArea)
        : base(memory, size, features)
    {
        Require((descriptorArea & 15) == 0 && (driverArea & 1) == 0 && (deviceArea & 3) == 0, "An area is not aligned (2.7.1).");
        Require(SplitVirtqueue.IsValidSize(size), "The size is no power of two up to 32768 (2.7).");
        _descriptors = (Descriptor*)memory.At(descriptorArea, (uint)SplitVirtqueue.DescriptorTableBytes(size));
        _avail = memory.At(driverArea, (uint)AvailRing.Bytes(size));
        _used = memory.At(deviceArea, (uint)UsedRing.Bytes(size));
        _mask = (ushort)(size - 1);
        _hasEventIndex = (features & VirtioFeatures.EventIndex) != 0;
        _isInOrder = (features & VirtioFeatures.InOrder) != 0;
        Require(*(ushort*)(_used + UsedRing.FlagsOffset) == 0, "The used flags do not begin as 0 (2.7.10.1).");
    }

    /// <summary>The used index; a hostile device writes what it likes.</summary>
    public ushort UsedIndex
    {
        get => *(ushort*)(_used + UsedRing.IndexOffset);
        set => RingMemory.Store((ushort*)(_used + UsedRing.IndexOffset), value);
    }

    /// <summary>Writes the index of available chains at which the device says it wants a notification.</summary>
    public void WriteAvailEvent(ushort at) => RingMemory.Store((ushort*)(_used + UsedRing.AvailEventOffset(Size)), at);

    private ushort AvailFlags => RingMemory.Load((ushort*)(_avail + AvailRing.FlagsOffset));

    private UsedElement* Elements => (UsedElement*)(_used + UsedRing.ElementsOffset);

    /// <inheritdoc/>
    public override void RequestNotification()
    {
        if (_hasEventIndex)
        {
            WriteAvailEvent(_nextAvail);
        }
        else
        {
            RingMemory.Store((ushort*)(_used + UsedRing.FlagsOffset), (ushort)UsedFlags.None);
        }

        RingMemory.Fence();
    }

    /// <inheritdoc/>
    public override void SuppressNotifications()
    {
        if (_hasEventIndex)
        {
            WriteAvailEvent((ushort)(_nextAvail - 1));
        }
        else
        {
            RingMemory.Store((ushort*)(_used + UsedRing.FlagsOffset), (ushort)UsedFlags.NoNotify);
        }
    }

    /// <inheritdoc/>
    public override void UseRaw(uint id, uint length, int descriptors = 1)
    {
        IsHostile = true;
        Elements[_nextUsed & _mask].Id = id;
        Elements[_nextUsed & _mask].Length = length;
        _nextUsed++;
        Show();
    }

    /// <inheritdoc/>
    public override void WriteWish(uint wish) => WriteAvailEvent((ushort)wish);

    /// <inheritdoc/>
    public override void OverwriteDriverArea(byte rubbish)
    {
        IsHostile = true;
        new System.Span<byte>(_descriptors, SplitVirtqueue.DescriptorTableBytes(Size)).Fill(rubbish);
        new System.Span<byte>(_avail, AvailRing.Bytes(Size)).Fill(rubbish);
    }

    /// <inheritdoc/>
    protected override FakeRequest? TakeAvailable()
    {
        ushort avail = RingMemory.Load((ushort*)(_avail + AvailRing.IndexOffset));
        if (avail == _nextAvail)
        {
            return null;
        }

        Require((ushort)(avail - _nextAvail) <= Size, "The available index jumps, or goes back (2.7.6.1).");
        ushort head = RingMemory.Load((ushort*)(_avail + AvailRing.EntriesOffset) + (_nextAvail & _mask));
        Require(head < Size, "An available entry names no descriptor (2.7.6).");
        _nextAvail++;
        FakeRequest request = Read(head);
        Require(!_isInOrder || head == _nextInOrder, "Descriptors are not used in ring order (2.7.9).");
        _nextInOrder = (_nextInOrder + request.Descriptors) & _mask;
        return request;
    }

    /// <inheritdoc/>
    protected override FakeRequest Again(FakeRequest request) => Read(request.Id);

    /// <inheritdoc/>
    protected override void PutUsed(int id, int descriptors, uint written) => PutUsedBatch(id, 1, descriptors, written);

    /// <inheritdoc/>
    protected override void PutUsedBatch(int id, int chains, int descriptors, uint written)
    {
        UsedElement* element = Elements + (_nextUsed & _mask);
        RingMemory.Store(&element->Id, (uint)id);
        RingMemory.Store(&element->Length, written);
        _nextUsed += (ushort)chains;
    }

    /// <inheritdoc/>
    protected override bool ShowUsed()
    {
        ushort before = _shownUsed;
        _shownUsed = _nextUsed;
        RingMemory.Store((ushort*)(_used + UsedRing.IndexOffset), _nextUsed);
        RingMemory.Fence();
        if (_hasEventIndex)
        {
            Require(AvailFlags == 0, "With VIRTIO_F_EVENT_IDX the available flags are not 0 (2.7.7.1).");
            return IsReached(RingMemory.Load((ushort*)(_avail + AvailRing.UsedEventOffset(Size))), before, _nextUsed);
        }

        Require(AvailFlags <= 1, "Reserved available flags are set (2.7.7.1).");
        return before != _nextUsed && AvailFlags == 0;
    }

    private FakeRequest Read(int head)
    {
        List<DmaMemory> readable = [];
        List<DmaMemory> writable = [];
        int at = head;
        int descriptors = 0;
        while (true)
        {
            Descriptor* descriptor = _descriptors + at;
            DescriptorFlags flags = (DescriptorFlags)RingMemory.Load((ushort*)&descriptor->Flags);
            descriptors++;
            if ((flags & DescriptorFlags.Indirect) != 0)
            {
                Require((Features & VirtioFeatures.IndirectDescriptors) != 0, "An indirect table was not negotiated (2.7.5.3.1).");
                Require(flags == DescriptorFlags.Indirect, "An indirect descriptor has other flags (2.7.5.3.1).");
                ReadTable(descriptor, readable, writable);
            }
            else
            {
                Require((flags & ~(DescriptorFlags.Next | DescriptorFlags.Write)) == 0, "A descriptor has reserved flags (2.7.5).");
                AddBuffer(readable, writable, (uint*)descriptor, (flags & DescriptorFlags.Write) != 0);
            }

            if ((flags & DescriptorFlags.Next) == 0)
            {
                return new FakeRequest(head, descriptors, readable, writable);
            }

            int next = RingMemory.Load(&descriptor->Next);
            Require(next < Size, "A descriptor's next is none (2.7.5).");
            Require(!_isInOrder || next == ((at + 1) & _mask), "A chain's descriptors are not in ring order (2.7.5.2).");
            at = next;
        }
    }

    private void ReadTable(Descriptor* indirect, List<DmaMemory> readable, List<DmaMemory> writable)
    {
        uint bytes = RingMemory.Load(&indirect->Length);
        Require(bytes > 0 && bytes % Descriptor.Bytes == 0, "A table's length is no multiple of 16 (2.7.5.3).");
        Descriptor* table = (Descriptor*)Memory.At(AddressOf((uint*)indirect), bytes);
        for (uint i = 0; ; i = RingMemory.Load(&table[i].Next))
        {
            Require(i < bytes / Descriptor.Bytes, "A table's next is none (2.7.5.3).");
            DescriptorFlags flags = (DescriptorFlags)RingMemory.Load((ushort*)&table[i].Flags);
            Require((flags & ~(DescriptorFlags.Next | DescriptorFlags.Write)) == 0, "A table has a descriptor with other flags (2.7.5.3.1).");
            AddBuffer(readable, writable, (uint*)(table + i), (flags & DescriptorFlags.Write) != 0);
            if ((flags & DescriptorFlags.Next) == 0)
            {
                return;
            }
        }
    }
}

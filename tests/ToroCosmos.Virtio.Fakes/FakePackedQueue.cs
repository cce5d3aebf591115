using System.Collections.Generic;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>The device's side of a packed virtqueue (VirtIO 1.2, 2.8).</summary>
public sealed unsafe class FakePackedQueue : FakeQueue
{
    private const ushort AvailBit = 1 << 7;
    private const ushort UsedBit = 1 << 15;
    private const ushort ChainFlags = (ushort)(PackedDescriptorFlags.Next | PackedDescriptorFlags.Write | PackedDescriptorFlags.Indirect);

    private readonly PackedDescriptor* _ring;
    private readonly byte* _driverEvent;
    private readonly byte* _deviceEvent;
    private readonly bool _hasEventIndex;
    private int _availAt;
    private bool _availWrap = true;
    private int _usedAt;
    private bool _usedWrap = true;
    private int _putDescriptors;
    private int _firstPutAt = -1;
    private ushort _firstPutFlags;

    /// <summary>Takes up a queue at physical addresses.</summary>
    public FakePackedQueue(
        FakeMemory memory, int size, VirtioFeatures features, ulong descriptorArea, ulong driverArea, ulong deviceArea)
        : base(memory, size, features)
    {
        Require((descriptorArea & 15) == 0 && (driverArea & 3) == 0 && (deviceArea & 3) == 0, "An area is not aligned (2.8.11).");
        Require(PackedVirtqueue.IsValidSize(size), "The size is not 1 to 32768 (2.8).");
        _ring = (PackedDescriptor*)memory.At(descriptorArea, (uint)PackedVirtqueue.DescriptorRingBytes(size));
        _driverEvent = memory.At(driverArea, EventSuppression.Bytes);
        _deviceEvent = memory.At(deviceArea, EventSuppression.Bytes);
        _hasEventIndex = (features & VirtioFeatures.EventIndex) != 0;
    }

    /// <summary>Whether used elements have the flag Write where something was written; QEMU's have not.</summary>
    public bool MarksWritten { get; set; } = true;

    /// <inheritdoc/>
    public override void RequestNotification()
    {
        if (_hasEventIndex)
        {
            RingMemory.Store((ushort*)_deviceEvent, (ushort)(_availAt | (_availWrap ? 0x8000 : 0)));
            RingMemory.Store((ushort*)_deviceEvent + 1, (ushort)EventSuppressionFlags.Descriptor);
        }
        else
        {
            RingMemory.Store((ushort*)_deviceEvent + 1, (ushort)EventSuppressionFlags.Enable);
        }

        RingMemory.Fence();
    }

    /// <inheritdoc/>
    public override void SuppressNotifications() =>
        RingMemory.Store((ushort*)_deviceEvent + 1, (ushort)EventSuppressionFlags.Disable);

    /// <inheritdoc/>
    public override void UseRaw(uint id, uint length, int descriptors = 1)
    {
        IsHostile = true;
        PutElement((ushort)id, length, isWritten: true);
        Advance(descriptors);
        Show();
    }

    /// <inheritdoc/>
    public override void WriteWish(uint wish) => RingMemory.Store((uint*)_deviceEvent, wish);

    /// <inheritdoc/>
    public override void OverwriteDriverArea(byte rubbish)
    {
        IsHostile = true;
        new System.Span<byte>(_driverEvent, EventSuppression.Bytes).Fill(rubbish);
        for (int i = 0; i < Size; i++)
        {
            // But for the flags, by which the device tells what it has used.
            _ring[i].Address = rubbish * 0x0101_0101_0101_0101UL;
            _ring[i].Length = rubbish * 0x0101_0101U;
            _ring[i].Id = (ushort)(rubbish * 0x0101);
        }
    }

    /// <summary>Writes the flags of the descriptor where the driver looks next; a hostile device writes what it likes.</summary>
    public void WriteNextFlags(ushort flags) => RingMemory.Store((ushort*)&_ring[_usedAt].Flags, flags);

    /// <inheritdoc/>
    protected override FakeRequest? TakeAvailable()
    {
        if (!IsAvailable(RingMemory.Load((ushort*)&_ring[_availAt].Flags)))
        {
            return null;
        }

        List<DmaMemory> readable = [];
        List<DmaMemory> writable = [];
        int descriptors = 0;
        while (true)
        {
            PackedDescriptor* descriptor = _ring + _availAt;
            ushort flags = RingMemory.Load((ushort*)&descriptor->Flags);
            Require(IsAvailable(flags), "A chain was made available before all of its descriptors were (2.8.6).");
            descriptors++;
            Require(descriptors <= Size, "A chain is longer than the queue (2.8.17).");
            PackedDescriptorFlags kind = (PackedDescriptorFlags)(flags & ChainFlags);
            Require((flags & ~(ChainFlags | AvailBit | UsedBit)) == 0, "A descriptor has reserved flags (2.8).");
            if ((kind & PackedDescriptorFlags.Indirect) != 0)
            {
                Require((Features & VirtioFeatures.IndirectDescriptors) != 0, "An indirect table was not negotiated (2.8.19).");
                Require(kind == PackedDescriptorFlags.Indirect, "An indirect descriptor has other flags (2.8.7).");
                ReadTable(descriptor, readable, writable);
            }
            else
            {
                AddBuffer(readable, writable, (uint*)descriptor, (kind & PackedDescriptorFlags.Write) != 0);
            }

            ushort id = RingMemory.Load(&descriptor->Id);
            _availAt++;
            if (_availAt == Size)
            {
                _availAt = 0;
                _availWrap = !_availWrap;
            }

            if ((kind & PackedDescriptorFlags.Next) == 0)
            {
                return new FakeRequest(id, descriptors, readable, writable);
            }
        }
    }

    /// <inheritdoc/>
    protected override FakeRequest Again(FakeRequest request) => request;

    /// <inheritdoc/>
    protected override void PutUsed(int id, int descriptors, uint written)
    {
        PutElement((ushort)id, written, isWritten: MarksWritten && written > 0);
        Advance(descriptors);
    }

    /// <inheritdoc/>
    protected override void PutUsedBatch(int id, int chains, int descriptors, uint written) => PutUsed(id, descriptors, written);

    /// <inheritdoc/>
    protected override bool ShowUsed()
    {
        if (_firstPutAt < 0)
        {
            return false;
        }

        RingMemory.Store((ushort*)&_ring[_firstPutAt].Flags, _firstPutFlags);
        _firstPutAt = -1;
        ushort moved = (ushort)_putDescriptors;
        _putDescriptors = 0;
        RingMemory.Fence();
        uint wish = RingMemory.Load((uint*)_driverEvent);
        EventSuppressionFlags flags = (EventSuppressionFlags)(wish >> 16);
        Require(flags < EventSuppressionFlags.Descriptor || (_hasEventIndex && flags == EventSuppressionFlags.Descriptor), "Reserved event flags are set (2.8.14).");
        if (flags != EventSuppressionFlags.Descriptor)
        {
            return flags == EventSuppressionFlags.Enable;
        }

        int at = (int)(wish & 0x7FFF);
        Require(at < Size, "An event's position is none (2.8.10).");
        bool isOfThisRound = (wish & 0x8000) != 0 == _usedWrap;
        return IsReached((ushort)(isOfThisRound ? at : at - Size), (ushort)(_usedAt - moved), (ushort)_usedAt);
    }

    private bool IsAvailable(ushort flags) =>
        ((flags & AvailBit) != 0) == _availWrap && ((flags & UsedBit) != 0) != _availWrap;

    /// <summary>Writes a used element; the flags of the first that is not shown yet wait for that.</summary>
    private void PutElement(ushort id, uint length, bool isWritten)
    {
        PackedDescriptor* descriptor = _ring + _usedAt;
        RingMemory.Store(&descriptor->Id, id);
        RingMemory.Store(&descriptor->Length, length);
        ushort flags = (ushort)((_usedWrap ? AvailBit | UsedBit : 0) | (isWritten ? (int)PackedDescriptorFlags.Write : 0));
        if (_firstPutAt < 0)
        {
            _firstPutAt = _usedAt;
            _firstPutFlags = flags;
        }
        else
        {
            RingMemory.Store((ushort*)&descriptor->Flags, flags);
        }
    }

    private void Advance(int descriptors)
    {
        _putDescriptors += descriptors;
        _usedAt += descriptors;
        if (_usedAt >= Size)
        {
            _usedAt -= Size;
            _usedWrap = !_usedWrap;
        }
    }

    private void ReadTable(PackedDescriptor* indirect, List<DmaMemory> readable, List<DmaMemory> writable)
    {
        uint bytes = RingMemory.Load(&indirect->Length);
        Require(bytes > 0 && bytes % PackedDescriptor.Bytes == 0, "A table's length is no multiple of 16 (2.8.7).");
        PackedDescriptor* table = (PackedDescriptor*)Memory.At(AddressOf((uint*)indirect), bytes);
        for (uint i = 0; i < bytes / PackedDescriptor.Bytes; i++)
        {
            PackedDescriptorFlags flags = (PackedDescriptorFlags)RingMemory.Load((ushort*)&table[i].Flags);
            Require((flags & ~PackedDescriptorFlags.Write) == 0, "A table has a descriptor with other flags (2.8.7).");
            AddBuffer(readable, writable, (uint*)(table + i), flags != PackedDescriptorFlags.None);
        }
    }
}

using System;
using System.Collections.Generic;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>A driver's queue on core 0, and a device that another processor plays: core 1. All of the memory is shared.</summary>
internal sealed unsafe class DeviceMemory : ExploredMemory
{
    private const int WordBytes = 128;

    private readonly ObjectImage _objects;
    private readonly uint _queueBytes;

    /// <param name="size">How many descriptors.</param>
    /// <param name="features">The features that were negotiated.</param>
    public DeviceMemory(int size, VirtioFeatures features)
        : base((int)Virtqueue.RequiredBytes(size, features, indirectBuffers: 2) + (2 * size * WordBytes))
    {
        FakeMemory memory = new(Start, (uint)(Halfwords * CellSet.CellBytes));
        _queueBytes = Virtqueue.RequiredBytes(size, features, indirectBuffers: 2);
        Assert.Equal(QueueStatus.Ok, Virtqueue.TryCreate(memory.Take(_queueBytes), size, features, out Virtqueue? queue, indirectBuffers: 2));
        Driver = queue!;
        Device = FakeQueue.Of(memory, Driver, features);
        Words = new DmaMemory[2 * size];
        for (int i = 0; i < Words.Length; i++)
        {
            Words[i] = memory.Take(sizeof(uint));
        }

        _objects = new ObjectImage(Driver, Device);
    }

    public Virtqueue Driver { get; }

    public FakeQueue Device { get; }

    /// <summary>Questions and answers, two for each descriptor.</summary>
    public DmaMemory[] Words { get; }

    /// <inheritdoc/>
    public override string NameOf(int offset)
    {
        if (offset >= _queueBytes)
        {
            return $"word {(offset - _queueBytes) / WordBytes}";
        }

        ulong address = Driver.DescriptorArea + (uint)offset;
        return address >= Driver.DeviceArea ? $"device area+{address - Driver.DeviceArea}"
            : address >= Driver.DriverArea ? $"driver area+{address - Driver.DriverArea}"
            : $"descriptor area+{offset}";
    }

    /// <inheritdoc/>
    protected override IEnumerable<Range> SharedRanges() => [Range.All];

    /// <inheritdoc/>
    protected override int ObjectBytes => _objects.Bytes;

    /// <inheritdoc/>
    protected override void SaveObjects(Span<byte> image) => _objects.Save(image);

    /// <inheritdoc/>
    protected override void RestoreObjects(ReadOnlySpan<byte> image) => _objects.Restore(image);
}

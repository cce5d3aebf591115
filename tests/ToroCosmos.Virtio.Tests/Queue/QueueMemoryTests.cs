using ToroCosmos.Memory;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>Sizes, memory and layouts of queues, against the numbers of VirtIO 1.2, 2.7 and 2.8.</summary>
public sealed unsafe class QueueMemoryTests
{
    [Fact]
    public void A_packed_descriptor_has_the_offsets_of_struct_pvirtq_desc()
    {
        PackedDescriptor descriptor;
        Assert.Equal(16, sizeof(PackedDescriptor));
        Assert.Equal(0, (byte*)&descriptor.Address - (byte*)&descriptor);
        Assert.Equal(8, (byte*)&descriptor.Length - (byte*)&descriptor);
        Assert.Equal(12, (byte*)&descriptor.Id - (byte*)&descriptor);
        Assert.Equal(14, (byte*)&descriptor.Flags - (byte*)&descriptor);
        Assert.Equal((16, 4, 4), (PackedDescriptor.Alignment, EventSuppression.Alignment, EventSuppression.Bytes));
    }

    [Fact]
    public void Flags_and_features_have_the_values_of_the_specification()
    {
        Assert.Equal((1, 2, 4), ((int)PackedDescriptorFlags.Next, (int)PackedDescriptorFlags.Write, (int)PackedDescriptorFlags.Indirect));
        Assert.Equal((0x80, 0x8000), ((int)PackedDescriptorFlags.Avail, (int)PackedDescriptorFlags.Used));
        Assert.Equal((0, 1, 2), ((int)EventSuppressionFlags.Enable, (int)EventSuppressionFlags.Disable, (int)EventSuppressionFlags.Descriptor));
        Assert.Equal(
            [28, 29, 32, 33, 34, 35, 36, 37, 38, 39, 40],
            [
                Bit(VirtioFeatures.IndirectDescriptors), Bit(VirtioFeatures.EventIndex), Bit(VirtioFeatures.Version1),
                Bit(VirtioFeatures.AccessPlatform), Bit(VirtioFeatures.RingPacked), Bit(VirtioFeatures.InOrder),
                Bit(VirtioFeatures.OrderPlatform), Bit(VirtioFeatures.SingleRootIoVirtualization),
                Bit(VirtioFeatures.NotificationData), Bit(VirtioFeatures.NotificationConfigData), Bit(VirtioFeatures.RingReset),
            ]);

        static int Bit(VirtioFeatures feature) => System.Numerics.BitOperations.Log2((ulong)feature);
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(-1, false, false)]
    [InlineData(1, true, true)]
    [InlineData(3, false, true)]
    [InlineData(256, true, true)]
    [InlineData(32767, false, true)]
    [InlineData(32768, true, true)]
    [InlineData(32769, false, false)]
    [InlineData(65536, false, false)]
    public void A_size_is_1_to_32768_and_a_power_of_two_unless_the_ring_is_packed(int size, bool split, bool packed)
    {
        foreach ((VirtioFeatures features, bool isValid) in new[] { (Rings.Split, split), (Rings.Packed, packed) })
        {
            Assert.Equal(isValid, Virtqueue.IsValidSize(size, features));
            Assert.Equal(isValid, Virtqueue.RequiredBytes(size, features) != 0);
            using FakeMemory memory = new(2 << 20);
            QueueStatus status = Virtqueue.TryCreate(memory.Take(1 << 20), size, features, out Virtqueue? queue);
            Assert.Equal((isValid ? QueueStatus.Ok : QueueStatus.InvalidSize, isValid), (status, queue != null));
        }
    }

    [Theory]
    [MemberData(nameof(Rings.Both), MemberType = typeof(Rings))]
    public void Memory_that_is_too_short_or_not_aligned_is_refused(VirtioFeatures features)
    {
        using FakeMemory memory = new();
        uint bytes = Virtqueue.RequiredBytes(8, features);
        DmaMemory all = memory.Take(bytes + 128);
        Assert.Equal(QueueStatus.InvalidMemory, Try(default));
        Assert.Equal(QueueStatus.InvalidMemory, Try(all.Part(0, bytes - 1)));
        Assert.Equal(QueueStatus.InvalidMemory, Try(all.Part(64, bytes)));
        Assert.Equal(QueueStatus.InvalidMemory, Try(new DmaMemory(all.Start, all.Address + 16, bytes)));
        Assert.Equal(QueueStatus.Ok, Try(all.Part(0, bytes)));

        QueueStatus Try(DmaMemory part) => Virtqueue.TryCreate(part, 8, features, out _);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(32768)]
    public void The_areas_of_a_queue_lie_in_its_memory_and_share_no_128_byte_line(int size)
    {
        foreach (VirtioFeatures features in new[] { Rings.Split, Rings.Packed })
        {
            using FakeMemory memory = new(2 << 20);
            DmaMemory all = memory.Take(Virtqueue.RequiredBytes(size, features));
            Virtqueue.TryCreate(all, size, features, out Virtqueue? queue);
            bool isPacked = features == Rings.Packed;
            Assert.Equal(all.Address, queue!.DescriptorArea);
            Assert.Equal((0u, 0u), ((uint)queue.DriverArea % 128, (uint)queue.DeviceArea % 128));
            Assert.True(queue.DriverArea >= all.Address + (16 * (ulong)size));
            Assert.True(queue.DeviceArea >= queue.DriverArea + (isPacked ? 4u : 6 + (2 * (ulong)size)));
            Assert.True(queue.DeviceArea + (isPacked ? 4u : 6 + (8 * (ulong)size)) <= all.Address + all.Bytes);
        }
    }

    [Fact]
    public void Tables_take_16_bytes_for_each_buffer_and_descriptor_and_never_more_buffers_than_the_queue_has()
    {
        const VirtioFeatures Features = Rings.Split | VirtioFeatures.IndirectDescriptors;
        uint without = Virtqueue.RequiredBytes(8, Features);
        Assert.Equal(without, Virtqueue.RequiredBytes(8, Features, indirectBuffers: 1));
        Assert.Equal(without, Virtqueue.RequiredBytes(8, Features, indirectBuffers: -5));
        Assert.Equal(without + (8 * 3 * 16), Virtqueue.RequiredBytes(8, Features, indirectBuffers: 3));
        Assert.Equal(without + (8 * 8 * 16), Virtqueue.RequiredBytes(8, Features, indirectBuffers: 100));

        // 32768 tables of 32768 buffers would be 16 GiB.
        Assert.Equal(0u, Virtqueue.RequiredBytes(32768, Features, indirectBuffers: 32768));
    }

    [Fact]
    public void A_part_of_memory_is_cut_to_what_is_there()
    {
        using FakeMemory memory = new();
        DmaMemory all = memory.Take(100);
        DmaMemory part = all.Part(90, 20);
        Assert.Equal((all.Address + 90, 10u, (nint)(all.Start + 90)), (part.Address, part.Bytes, (nint)part.Start));
        Assert.True(all.Part(100, 1).IsEmpty);
        Assert.True(all.Part(uint.MaxValue, uint.MaxValue).IsEmpty);
        Assert.Equal((100, 10), (all.Span.Length, part.Span.Length));
    }

    [Fact]
    public void Every_status_and_fault_has_words_of_its_own()
    {
        System.Collections.Generic.HashSet<string> words = [];
        foreach (QueueStatus status in System.Enum.GetValues<QueueStatus>())
        {
            Assert.True(words.Add(QueueStatusText.Of(status)));
        }

        foreach (QueueFault fault in System.Enum.GetValues<QueueFault>())
        {
            Assert.True(words.Add(QueueFaultText.Of(fault)));
        }

        Assert.DoesNotContain(words, text => text.StartsWith("unknown", System.StringComparison.Ordinal));
        Assert.Equal("unknown queue status", QueueStatusText.Of((QueueStatus)999));
        Assert.Equal("unknown queue fault", QueueFaultText.Of((QueueFault)999));
    }
}

using System;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Tests.Virtio;

/// <summary>The layouts against the numbers in VirtIO 1.2, Split Virtqueues.</summary>
public sealed unsafe class SplitVirtqueueLayoutTests
{
    [Fact]
    public void A_descriptor_has_the_offsets_of_struct_virtq_desc()
    {
        Descriptor descriptor;
        Assert.Equal(16, sizeof(Descriptor));
        Assert.Equal(0, (byte*)&descriptor.Address - (byte*)&descriptor);
        Assert.Equal(8, (byte*)&descriptor.Length - (byte*)&descriptor);
        Assert.Equal(12, (byte*)&descriptor.Flags - (byte*)&descriptor);
        Assert.Equal(14, (byte*)&descriptor.Next - (byte*)&descriptor);
        Assert.Equal(16, Descriptor.Alignment);
    }

    [Fact]
    public void A_used_element_has_the_offsets_of_struct_virtq_used_elem()
    {
        UsedElement element;
        Assert.Equal(8, sizeof(UsedElement));
        Assert.Equal(0, (byte*)&element.Id - (byte*)&element);
        Assert.Equal(4, (byte*)&element.Length - (byte*)&element);
    }

    [Fact]
    public void The_flags_have_the_values_of_the_specification()
    {
        Assert.Equal(1, (int)DescriptorFlags.Next);
        Assert.Equal(2, (int)DescriptorFlags.Write);
        Assert.Equal(4, (int)DescriptorFlags.Indirect);
        Assert.Equal(1, (int)AvailFlags.NoInterrupt);
        Assert.Equal(1, (int)UsedFlags.NoNotify);
    }

    [Theory]
    [InlineData(1, 16, 8, 14)]
    [InlineData(2, 32, 10, 22)]
    [InlineData(64, 1024, 134, 518)]
    [InlineData(256, 4096, 518, 2054)]
    [InlineData(32768, 524288, 65542, 262150)]
    public void The_areas_have_the_sizes_of_the_specification(int size, int table, int avail, int used)
    {
        Assert.Equal(table, SplitVirtqueue.DescriptorTableBytes(size));
        Assert.Equal(avail, AvailRing.Bytes(size));
        Assert.Equal(used, UsedRing.Bytes(size));
        Assert.Equal(avail - 2, AvailRing.UsedEventOffset(size));
        Assert.Equal(used - 2, UsedRing.AvailEventOffset(size));
    }

    [Fact]
    public void The_rings_have_the_offsets_of_the_specification()
    {
        Assert.Equal((0, 2, 4), (AvailRing.FlagsOffset, AvailRing.IndexOffset, AvailRing.EntriesOffset));
        Assert.Equal((0, 2, 4), (UsedRing.FlagsOffset, UsedRing.IndexOffset, UsedRing.ElementsOffset));
        Assert.Equal((2, 4), (AvailRing.Alignment, UsedRing.Alignment));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10, false)]
    [InlineData(64, true)]
    [InlineData(32768, true)]
    [InlineData(65536, false)]
    public void A_size_is_valid_when_it_is_a_power_of_two_up_to_32768(int size, bool valid) =>
        Assert.Equal(valid, SplitVirtqueue.IsValidSize(size));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(32768)]
    public void The_areas_of_a_queue_share_no_128_byte_line(int size)
    {
        using AlignedMemory memory = new((nuint)VirtqueueMemory.RequiredBytes(size));
        VirtqueueMemory queue = new(memory.Start, size);

        Assert.Equal((nint)memory.Start, (nint)queue.Descriptors);
        Assert.Equal(0, (nint)queue.Avail % 128);
        Assert.Equal(0, (nint)queue.Used % 128);
        Assert.True((byte*)(queue.Descriptors + size) <= queue.Avail);
        Assert.True(queue.Avail + AvailRing.Bytes(size) <= queue.Used);
        Assert.True(queue.Used + UsedRing.Bytes(size) <= memory.Start + memory.Bytes);
    }

    [Fact]
    public void Clearing_a_queue_zeroes_all_of_it_and_nothing_behind_it()
    {
        int bytes = VirtqueueMemory.RequiredBytes(4);
        using AlignedMemory memory = new((nuint)bytes + 128, fill: 0xCC);
        new VirtqueueMemory(memory.Start, 4).Clear();
        Assert.Equal(-1, new ReadOnlySpan<byte>(memory.Start, bytes).IndexOfAnyExcept((byte)0));
        Assert.Equal(-1, new ReadOnlySpan<byte>(memory.Start + bytes, 128).IndexOfAnyExcept((byte)0xCC));
    }

    [Fact]
    public void A_queue_refuses_memory_that_is_not_aligned_and_a_size_that_is_not_valid()
    {
        using AlignedMemory memory = new(8192);
        Assert.Throws<ArgumentException>(() => new VirtqueueMemory(memory.Start + 64, 4));
        Assert.Throws<ArgumentException>(() => new VirtqueueMemory(null, 4));
        Assert.Throws<ArgumentException>(() => new VirtqueueMemory(memory.Start, 10));
    }
}

using System;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Links;

/// <summary>A device whose driver writes what it must not. The driver is played by writing its areas directly.</summary>
public sealed unsafe class HostileDriverTests
{
    [Fact]
    public void An_available_entry_out_of_range_breaks_the_link()
    {
        using QueuePair pair = new(4, attach: false);
        pair.Queue.AvailEntries[2] = 4;

        AssertRefused(pair, QueueCondition.UnexpectedAvailEntry);
    }

    [Fact]
    public void An_available_entry_given_twice_breaks_the_link()
    {
        using QueuePair pair = new(4, attach: false);
        pair.Queue.AvailEntries[3] = 0;

        AssertRefused(pair, QueueCondition.UnexpectedAvailEntry);
    }

    [Fact]
    public void A_descriptor_that_continues_out_of_range_breaks_the_link()
    {
        using QueuePair pair = new(4, attach: false);
        pair.Queue.Descriptors[1].Flags |= DescriptorFlags.Next;
        pair.Queue.Descriptors[1].Next = 0xFFFF;

        AssertRefused(pair, QueueCondition.UnexpectedChain);
    }

    [Fact]
    public void A_cycle_of_descriptors_breaks_the_link()
    {
        using QueuePair pair = new(4, attach: false);
        for (int i = 0; i < 4; i++)
        {
            pair.Queue.Descriptors[i].Flags |= DescriptorFlags.Next;
            pair.Queue.Descriptors[i].Next = (ushort)((i + 1) % 4);
        }

        AssertRefused(pair, QueueCondition.UnexpectedChain);
    }

    [Fact]
    public void An_indirect_table_breaks_the_link()
    {
        using QueuePair pair = new(4, attach: false);
        pair.Queue.Descriptors[3].Flags |= DescriptorFlags.Indirect;

        AssertRefused(pair, QueueCondition.UnexpectedChain);
    }

    [Theory]
    [InlineData(DescriptorFlags.None)]
    [InlineData((DescriptorFlags)0x8002)]
    public void A_descriptor_that_is_not_just_writable_breaks_the_link(DescriptorFlags flags)
    {
        using QueuePair pair = new(4, attach: false);
        pair.Queue.Descriptors[0].Flags = flags;

        AssertRefused(pair, QueueCondition.BadDescriptor);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(47u)]
    [InlineData(49u)]
    [InlineData(uint.MaxValue)]
    public void A_descriptor_of_another_length_breaks_the_link(uint length)
    {
        using QueuePair pair = new(4, attach: false);
        pair.Queue.Descriptors[2].Length = length;

        AssertRefused(pair, QueueCondition.BadDescriptor);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_descriptor_outside_the_buffers_breaks_the_link(int index)
    {
        using QueuePair pair = new(4, attach: false);
        pair.Queue.Descriptors[index].Address = (nuint)pair.Queue.Descriptors;

        AssertRefused(pair, QueueCondition.BadDescriptor);
    }

    [Theory]
    [InlineData(-64)]
    [InlineData(17)]
    [InlineData(64)]
    public void Descriptors_that_do_not_fit_their_memory_break_the_link(long shift)
    {
        using QueuePair pair = new(4, attach: false);
        for (int i = 0; i < 4; i++)
        {
            pair.Queue.Descriptors[i].Address += (ulong)shift;
        }

        AssertRefused(pair, QueueCondition.BadDescriptor);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(40L)]
    [InlineData(-64L)]
    [InlineData(0x1_0000_0000L)]
    [InlineData(long.MinValue)]
    public void Buffers_that_overlap_or_lie_apart_break_the_link(long stride)
    {
        using QueuePair pair = new(4, attach: false);
        for (int i = 0; i < 4; i++)
        {
            pair.Queue.Descriptors[i].Address = (ulong)(nuint)pair.BufferMemory.Start + (ulong)(i * stride);
        }

        AssertRefused(pair, QueueCondition.BadDescriptor);
    }

    [Fact]
    public void A_descriptor_rewritten_after_set_up_has_no_effect()
    {
        using QueuePair pair = new(4);
        for (int i = 0; i < 4; i++)
        {
            pair.Queue.Descriptors[i].Address = 8;
            pair.Queue.Descriptors[i].Length = 1;
            pair.Queue.Descriptors[i].Flags = DescriptorFlags.Next;
            pair.Queue.AvailEntries[i] = 0xFFFF;
        }

        for (int i = 0; i < 12; i++)
        {
            Assert.True(pair.Send("unharmed"u8));
            Assert.Equal("unharmed"u8.ToArray(), pair.Receive());
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0x8000)]
    [InlineData(0xFFFF)]
    public void An_available_index_that_jumps_by_more_than_the_queue_size_breaks_the_link(ushort index)
    {
        using QueuePair pair = new(4);
        *pair.Queue.AvailIndex = index;

        AssertBroken(pair, QueueCondition.AvailIndexJump);
    }

    [Fact]
    public void An_available_index_that_goes_back_breaks_the_link()
    {
        using QueuePair pair = new(4);
        while (pair.Send("m"u8))
        {
        }

        *pair.Queue.AvailIndex = 3;

        AssertBroken(pair, QueueCondition.AvailIndexJump);
    }

    [Fact]
    public void A_driver_that_stops_leaves_the_queue_full_and_not_broken()
    {
        using QueuePair pair = new(4);
        while (pair.Send("m"u8))
        {
        }

        Assert.False(pair.Device->TryReserve(out _));
        Assert.Equal(QueueCondition.Working, pair.Device->Condition);
    }

    [Fact]
    public void Random_bytes_in_the_descriptors_and_the_available_ring_never_lead_outside_the_buffers()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            using QueuePair pair = new(4, attach: false);
            Random random = new(seed);
            Span<byte> areas = new(pair.Queue.Descriptors, (int)(pair.Queue.Used - (byte*)pair.Queue.Descriptors));
            bool isAttached = false;
            for (int i = 0; i < 40; i++)
            {
                if (i == seed % 40)
                {
                    pair.Attach();
                    isAttached = true;
                }

                areas[random.Next(areas.Length)] = (byte)random.Next(random.Next(2) == 0 ? 3 : 256);
                if (isAttached && pair.Device->TryReserve(out byte* buffer))
                {
                    Assert.True(buffer >= pair.BufferMemory.Start);
                    Assert.True(buffer + pair.BufferBytes <= pair.BufferMemory.Start + pair.BufferMemory.Bytes);
                    pair.Device->Commit(pair.BufferBytes);
                }
            }
        }
    }

    private static void AssertRefused(QueuePair pair, QueueCondition reason)
    {
        Assert.Equal(reason, pair.Attach());
        AssertBroken(pair, reason);
    }

    private static void AssertBroken(QueuePair pair, QueueCondition reason)
    {
        Assert.True(pair.Device->HasNews());
        for (int i = 0; i < 3; i++)
        {
            Assert.False(pair.Device->TryReserve(out byte* buffer));
            Assert.Equal(0, (nint)buffer);
        }

        Assert.True(pair.Device->IsBroken);
        Assert.Equal(reason, pair.Device->Condition);
    }
}

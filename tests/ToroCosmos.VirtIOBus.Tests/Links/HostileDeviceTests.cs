using System;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Links;

/// <summary>A driver whose device writes what it must not. The device is played by writing the used ring directly.</summary>
public sealed unsafe class HostileDeviceTests
{
    [Theory]
    [InlineData(4u)]
    [InlineData(0x8000_0000u)]
    [InlineData(0x0001_0000u)]
    [InlineData(uint.MaxValue)]
    public void A_used_id_out_of_range_breaks_the_link(uint id)
    {
        using QueuePair pair = new(4);
        Use(pair, id, 1, index: 1);

        AssertBroken(pair, QueueCondition.UnexpectedUsedId);
    }

    [Fact]
    public void A_used_id_that_is_not_next_in_order_breaks_the_link()
    {
        using QueuePair pair = new(4);
        Use(pair, 2, 1, index: 1);

        AssertBroken(pair, QueueCondition.UnexpectedUsedId);
    }

    [Fact]
    public void A_used_id_given_twice_breaks_the_link()
    {
        using QueuePair pair = new(4);
        pair.Send("a"u8);
        Assert.NotNull(pair.Receive());
        pair.Queue.UsedElements[1].Id = 0;
        pair.Queue.UsedElements[1].Length = 1;
        *pair.Queue.UsedIndex = 2;

        AssertBroken(pair, QueueCondition.UnexpectedUsedId);
    }

    [Theory]
    [InlineData(49u)]
    [InlineData(0x8000_0000u)]
    [InlineData(uint.MaxValue)]
    public void A_used_length_beyond_the_buffer_breaks_the_link(uint length)
    {
        using QueuePair pair = new(4, bufferBytes: 48);
        Use(pair, 0, length, index: 1);

        AssertBroken(pair, QueueCondition.UsedLengthTooLong);
    }

    [Fact]
    public void A_used_length_of_the_whole_buffer_is_fine()
    {
        using QueuePair pair = new(4, bufferBytes: 48);
        Use(pair, 0, 48, index: 1);

        Assert.Equal(48, pair.Receive()?.Length);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0x8000)]
    [InlineData(0xFFFF)]
    public void A_used_index_that_jumps_by_more_than_the_queue_size_breaks_the_link(ushort index)
    {
        using QueuePair pair = new(4);
        *pair.Queue.UsedIndex = index;

        AssertBroken(pair, QueueCondition.UsedIndexJump);
    }

    [Fact]
    public void A_used_index_that_goes_back_breaks_the_link()
    {
        using QueuePair pair = new(4);
        pair.Send("a"u8);
        pair.Send("b"u8);
        Assert.NotNull(pair.Receive());
        Assert.NotNull(pair.Receive());
        *pair.Queue.UsedIndex = 1;

        AssertBroken(pair, QueueCondition.UsedIndexJump);
    }

    [Fact]
    public void Using_a_buffer_that_is_not_available_again_breaks_the_link()
    {
        using QueuePair pair = new(16);
        for (int i = 0; i < 3; i++)
        {
            pair.Send("m"u8);
            Assert.NotNull(pair.Receive());
        }

        // Three buffers are taken back and not available again yet, so thirteen can be used.
        *pair.Queue.UsedIndex = 17;

        AssertBroken(pair, QueueCondition.UsedIndexJump);
    }

    [Fact]
    public void A_broken_link_stays_broken_with_its_first_reason()
    {
        using QueuePair pair = new(4);
        Use(pair, 3, 1, index: 1);
        AssertBroken(pair, QueueCondition.UnexpectedUsedId);

        Use(pair, 0, 1, index: 1);
        *pair.Queue.UsedIndex = 0x4000;
        pair.Driver->Break(QueueCondition.BrokenByPeer);

        AssertBroken(pair, QueueCondition.UnexpectedUsedId);
    }

    [Fact]
    public void A_device_that_rewrites_a_descriptor_changes_nothing()
    {
        using QueuePair pair = new(4);
        for (int i = 0; i < 4; i++)
        {
            pair.Queue.Descriptors[i].Address = 0xDEAD_BEEF_0000;
            pair.Queue.Descriptors[i].Length = uint.MaxValue;
            pair.Queue.AvailEntries[i] = 77;
        }

        pair.Send("unharmed"u8);
        Assert.Equal("unharmed"u8.ToArray(), pair.Receive());
    }

    [Fact]
    public void A_wake_up_without_a_message_is_no_news()
    {
        using QueuePair pair = new(4);
        pair.Driver->RequestWakeUp();
        pair.Driver->SuppressWakeUps();

        Assert.False(pair.Driver->HasNews());
        Assert.Null(pair.Receive());
        Assert.Equal(QueueCondition.Working, pair.Driver->Condition);
    }

    [Fact]
    public void Random_bytes_in_the_used_ring_never_lead_outside_the_buffers()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            using QueuePair pair = new(4);
            Random random = new(seed);
            Span<byte> ring = new(pair.Queue.Used, UsedRing.Bytes(4));
            for (int i = 0; i < 40; i++)
            {
                // Small numbers are what ids, lengths and indices look like.
                ring[random.Next(ring.Length)] = (byte)random.Next(random.Next(2) == 0 ? 3 : 256);
                if (pair.Driver->TryPeek(out byte* data, out uint bytes))
                {
                    Assert.True(data >= pair.BufferMemory.Start && bytes <= pair.BufferBytes);
                    Assert.True(data + bytes <= pair.BufferMemory.Start + pair.BufferMemory.Bytes);
                    pair.Driver->Release();
                }
            }
        }
    }

    private static void Use(QueuePair pair, uint id, uint length, ushort index)
    {
        pair.Queue.UsedElements[0].Id = id;
        pair.Queue.UsedElements[0].Length = length;
        *pair.Queue.UsedIndex = index;
    }

    private static void AssertBroken(QueuePair pair, QueueCondition reason)
    {
        Assert.True(pair.Driver->HasNews());
        for (int i = 0; i < 3; i++)
        {
            Assert.False(pair.Driver->TryPeek(out byte* data, out uint bytes));
            Assert.Equal((0, 0u), ((nint)data, bytes));
        }

        Assert.True(pair.Driver->IsBroken);
        Assert.Equal(reason, pair.Driver->Condition);
        Assert.False(pair.Driver->Flush());
    }
}

using System.Collections.Generic;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>A device that writes what it must not: the queue breaks with the reason, and nothing else happens.</summary>
public sealed class HostileDeviceTests
{
    public static TheoryData<VirtioFeatures, uint> IdsOutOfRange
    {
        get
        {
            TheoryData<VirtioFeatures, uint> ids = [];
            foreach (VirtioFeatures extra in new[] { VirtioFeatures.None, VirtioFeatures.InOrder })
            {
                foreach (uint id in new uint[] { 4, 5, 0x7FFF, 0x8000, 0xFFFF })
                {
                    ids.Add(Rings.Split | extra, id);
                    ids.Add(Rings.Packed | extra, id);
                }

                // The upper half of a split ring's id does not count as any other.
                ids.Add(Rings.Split | extra, 0x1_0000);
                ids.Add(Rings.Split | extra, 0x8000_0000);
                ids.Add(Rings.Split | extra, uint.MaxValue);
            }

            return ids;
        }
    }

    [Theory]
    [MemberData(nameof(IdsOutOfRange))]
    public void A_used_id_out_of_range(VirtioFeatures features, uint id)
    {
        using PlayedQueue queue = Outstanding(features, chains: 1);
        queue.Device.UseRaw(id, 0);
        queue.ExpectBroken(QueueFault.UsedIdOutOfRange);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_used_id_that_was_never_given(VirtioFeatures features)
    {
        using PlayedQueue queue = Outstanding(features, chains: 1);
        queue.Device.UseRaw(3, 0);
        queue.ExpectBroken(QueueFault.UsedIdNotOutstanding);
    }

    [Fact]
    public void A_used_id_from_the_middle_of_a_chain()
    {
        using PlayedQueue queue = new(4, Rings.Split);
        queue.Add(1, writable: 3);
        queue.Device.UseRaw(1, 0);
        queue.ExpectBroken(QueueFault.UsedIdNotOutstanding);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_chain_that_is_used_twice(VirtioFeatures features)
    {
        using PlayedQueue queue = Outstanding(features, chains: 2);
        FakeRequest request = queue.TakeAvailable();
        queue.Device.Use(request, 1);
        queue.ExpectTaken(0, 1);
        queue.Device.UseRaw((uint)request.Id, 1);
        queue.ExpectBroken(QueueFault.UsedIdNotOutstanding);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_chain_that_was_added_but_not_published(VirtioFeatures features)
    {
        using PlayedQueue queue = Outstanding(features, chains: 1);
        queue.AddOnly(1);
        queue.Device.UseRaw(1, 0);
        queue.ExpectBroken(QueueFault.UsedIdNotOutstanding);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_used_element_when_nothing_was_given(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features);
        queue.Device.UseRaw(0, 0);
        queue.ExpectBroken(queue.IsPacked ? QueueFault.UsedIdNotOutstanding : QueueFault.UsedIndexJump);
    }

    [Theory]
    [InlineData(Rings.Split, 33u)]
    [InlineData(Rings.Packed, 33u)]
    [InlineData(Rings.Split, 0x8000_0000u)]
    [InlineData(Rings.Packed, 0x8000_0000u)]
    [InlineData(Rings.Split | VirtioFeatures.InOrder, uint.MaxValue)]
    [InlineData(Rings.Packed | VirtioFeatures.InOrder, uint.MaxValue)]
    public void A_used_length_beyond_the_writable_buffers(VirtioFeatures features, uint length)
    {
        using PlayedQueue queue = new(4, features);
        queue.Add(1, readable: 1, writable: 2);
        queue.Device.UseRaw(0, length);
        queue.ExpectBroken(QueueFault.UsedLengthTooLong);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_used_length_of_a_chain_that_is_only_read(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features);
        queue.Add(1, readable: 3, writable: 0);
        queue.Device.UseRaw(0, 1);
        queue.ExpectBroken(QueueFault.UsedLengthTooLong);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_used_length_of_all_writable_buffers_is_fine(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features, indirectBuffers: 4);
        queue.Add(1, readable: 1, writable: 2);
        queue.Device.UseRaw(0, 32);
        queue.ExpectTaken(1, 32);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(0x8000)]
    [InlineData(0xFFFF)]
    public void A_used_index_that_jumps_ahead_of_what_is_available(ushort index)
    {
        using PlayedQueue queue = Outstanding(Rings.Split, chains: 1);
        ((FakeSplitQueue)queue.Device).UsedIndex = index;
        queue.ExpectBroken(QueueFault.UsedIndexJump);
    }

    [Fact]
    public void A_used_index_that_goes_back()
    {
        using PlayedQueue queue = Outstanding(Rings.Split, chains: 3);
        queue.Device.Serve(_ => 0);
        queue.ExpectTaken(0, 0);
        queue.ExpectTaken(1, 0);
        queue.ExpectTaken(2, 0);
        ((FakeSplitQueue)queue.Device).UsedIndex = 2;
        queue.ExpectBroken(QueueFault.UsedIndexJump);
    }

    [Fact]
    public void A_used_index_that_counts_what_was_not_published()
    {
        using PlayedQueue queue = Outstanding(Rings.Split, chains: 1);
        queue.AddOnly(1);
        ((FakeSplitQueue)queue.Device).UsedIndex = 2;
        queue.ExpectBroken(QueueFault.UsedIndexJump);
    }

    [Fact]
    public void In_order_a_used_id_that_the_used_index_does_not_reach()
    {
        using PlayedQueue queue = Outstanding(Rings.Split | VirtioFeatures.InOrder, chains: 3);
        queue.Device.UseRaw(1, 0);
        queue.ExpectBroken(QueueFault.UsedOutOfOrder);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void Descriptors_that_are_rewritten_after_posting_change_nothing(VirtioFeatures features)
    {
        using PlayedQueue queue = new(8, features, indirectBuffers: 4);
        foreach (byte rubbish in new byte[] { 0xFF, 0, 1, 0x7F })
        {
            queue.Add(1, readable: 1, writable: 1);
            queue.Add(2, writable: 2);
            List<FakeRequest> requests = [queue.TakeAvailable(), queue.TakeAvailable()];
            queue.Device.OverwriteDriverArea(rubbish);
            foreach (FakeRequest request in requests)
            {
                queue.Device.UseRaw((uint)request.Id, (uint)request.Writable.Count, request.Descriptors);
            }

            queue.ExpectTaken(1, 1);
            queue.ExpectTaken(2, 2);
            Assert.Equal(8, queue.Driver.FreeDescriptors);

            // The driver's fields are written anew with each use but for the suppression of interrupts.
            queue.Driver.SuppressInterrupts();
            Assert.Equal(QueueFault.None, queue.Driver.Fault);
            queue.Driver.Reset();
            queue.RestartDevice();
        }
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void Interrupts_without_work_are_no_news(VirtioFeatures features)
    {
        using PlayedQueue queue = Outstanding(features, chains: 1);
        for (int i = 0; i < 3; i++)
        {
            queue.Device.Show();
            Assert.False(queue.Driver.HasNews());
            queue.ExpectNone();
            Assert.True(queue.Driver.TryEnableInterrupts());
        }

        Assert.Equal(QueueFault.None, queue.Driver.Fault);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_silent_device_leaves_the_queue_full_and_working(VirtioFeatures features)
    {
        using PlayedQueue queue = Outstanding(features, chains: 4);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(QueueStatus.Full, queue.Add(9));
            queue.ExpectNone();
        }

        Assert.Equal(4, queue.Device.Serve(_ => 0));
        queue.ExpectTaken(0, 0);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void An_answer_that_makes_no_sense_to_the_driver_breaks_the_queue_too(VirtioFeatures features)
    {
        using PlayedQueue queue = Outstanding(features, chains: 1);
        queue.Driver.Break();
        queue.ExpectBroken(QueueFault.WrongAnswer);
    }

    [Theory]
    [MemberData(nameof(Rings.Both), MemberType = typeof(Rings))]
    public void A_wish_to_be_notified_at_no_such_place_is_only_a_wish(VirtioFeatures features)
    {
        foreach (uint wish in new uint[] { 0, 0xFFFF, 0x2_FFFF, 0x2_7FFF, 0x3_0000, 0xFFFF_FFFF, 0xFFFE_8000 })
        {
            using PlayedQueue queue = new(4, features | VirtioFeatures.EventIndex);
            queue.Device.WriteWish(wish);
            for (int i = 0; i < 10; i++)
            {
                queue.Add(1);
                queue.Device.Serve(_ => 0);
                queue.ExpectTaken(1, 0);
            }
        }
    }

    [Fact]
    public void Half_of_the_flags_of_a_used_descriptor_are_not_used_yet()
    {
        foreach (ushort flags in new ushort[] { 1 << 7, 1 << 15, 2, 0 })
        {
            using PlayedQueue queue = Outstanding(Rings.Packed, chains: 1);
            ((FakePackedQueue)queue.Device).WriteNextFlags(flags);
            queue.ExpectNone();
        }
    }

    private static PlayedQueue Outstanding(VirtioFeatures features, int chains)
    {
        PlayedQueue queue = new(4, features);
        for (int i = 0; i < chains; i++)
        {
            Assert.Equal(QueueStatus.Ok, queue.Add((nuint)i));
        }

        return queue;
    }
}

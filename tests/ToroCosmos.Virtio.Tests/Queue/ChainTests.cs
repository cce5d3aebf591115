using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>Chains go to an honest device and come back.</summary>
public sealed class ChainTests
{
    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_chain_reaches_the_device_with_its_buffers_in_their_order(VirtioFeatures features)
    {
        using PlayedQueue queue = new(8, features, indirectBuffers: 8);
        DmaMemory[] buffers = [.. Enumerable.Range(0, 5).Select(i => queue.Buffer((uint)(10 + i)))];
        BufferChain chain = new(5);
        chain.AddReadable(buffers[0]);
        chain.AddReadable(buffers[1].Address, buffers[1].Bytes);
        chain.AddWritable(buffers[2]);
        chain.AddWritable(buffers[3].Address, buffers[3].Bytes);
        chain.AddWritable(buffers[4]);
        Assert.Equal(QueueStatus.Ok, queue.Driver.TryAdd(chain, 7));
        queue.Driver.Publish();

        FakeRequest request = queue.TakeAvailable();
        Assert.Equal(buffers[..2].Select(Place), request.Readable.Select(Place));
        Assert.Equal(buffers[2..].Select(Place), request.Writable.Select(Place));
        bool isIndirect = (features & VirtioFeatures.IndirectDescriptors) != 0;
        Assert.Equal(isIndirect ? 1 : 5, request.Descriptors);
        Assert.Equal(isIndirect ? 7 : 3, queue.Driver.FreeDescriptors);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void What_the_device_wrote_is_told_with_the_token(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features, indirectBuffers: 4);
        Assert.Equal(QueueStatus.Ok, queue.Add(token: nuint.MaxValue, readable: 1, writable: 2));
        queue.ExpectNone();
        FakeRequest request = queue.TakeAvailable();
        queue.Device.Use(request, request.Write(new byte[20]));

        queue.ExpectTaken(nuint.MaxValue, 20);
        queue.ExpectNone();
        Assert.Equal((0, 4), (queue.Driver.Outstanding, queue.Driver.FreeDescriptors));
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_chain_is_no_buffer_of_the_device_before_it_is_published(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features);
        queue.AddOnly(1);
        queue.AddOnly(2);
        Assert.Null(queue.Device.Take());

        Assert.True(queue.Driver.Publish());
        Assert.False(queue.Driver.Publish());
        queue.TakeAvailable();
        queue.TakeAvailable();
        Assert.Null(queue.Device.Take());
    }

    [Theory]
    [InlineData(Rings.Split)]
    [InlineData(Rings.Packed)]
    [InlineData(Rings.Split | VirtioFeatures.EventIndex)]
    [InlineData(Rings.Packed | VirtioFeatures.EventIndex)]
    public void Chains_come_back_in_whatever_order_the_device_uses_them(VirtioFeatures features)
    {
        using PlayedQueue queue = new(8, features);
        queue.Add(1, writable: 2);
        queue.Add(2, writable: 1);
        queue.Add(3, writable: 3);
        FakeRequest[] requests = [queue.TakeAvailable(), queue.TakeAvailable(), queue.TakeAvailable()];
        queue.Device.Use(requests[2], 33);
        queue.Device.Use(requests[0], 1);
        queue.ExpectTaken(3, 33);
        queue.ExpectTaken(1, 1);

        // What came back is free for a chain of other descriptors than it had.
        Assert.Equal(QueueStatus.Ok, queue.Add(4, writable: 7));
        queue.Device.Use(queue.TakeAvailable(), 100);
        queue.Device.Use(requests[1], 0);
        queue.ExpectTaken(4, 100);
        queue.ExpectTaken(2, 0);
        Assert.Equal(8, queue.Driver.FreeDescriptors);
    }

    [Theory]
    [InlineData(1, Rings.Split)]
    [InlineData(1, Rings.Packed)]
    [InlineData(2, Rings.Split | VirtioFeatures.InOrder)]
    [InlineData(3, Rings.Packed | VirtioFeatures.InOrder)]
    [InlineData(7, Rings.Packed | VirtioFeatures.EventIndex)]
    [InlineData(256, Rings.Split | VirtioFeatures.EventIndex)]
    [InlineData(32768, Rings.Split)]
    [InlineData(32768, Rings.Packed)]
    public void A_queue_of_any_size_takes_as_many_chains_and_no_more(int size, VirtioFeatures features)
    {
        using PlayedQueue queue = new(size, features);
        for (int round = 0; round < (size < 256 ? 5 : 3); round++)
        {
            for (int i = 0; i < size; i++)
            {
                Assert.Equal(QueueStatus.Ok, queue.AddOnly((nuint)i));
            }

            Assert.Equal(QueueStatus.Full, queue.AddOnly(0));
            Assert.Equal((size, 0), (queue.Driver.Outstanding, queue.Driver.FreeDescriptors));
            queue.Driver.Publish();
            Assert.Equal(size, queue.Device.Serve(request => (uint)request.Id % 17));
            for (int i = 0; i < size; i++)
            {
                (QueueStatus status, nuint token, _) = queue.Take();
                Assert.Equal((QueueStatus.Ok, (nuint)i), (status, token));
            }

            queue.ExpectNone();
        }
    }

    [Theory]
    [MemberData(nameof(Rings.Both), MemberType = typeof(Rings))]
    public void A_chain_that_does_not_fit_now_is_not_added_in_part(VirtioFeatures features)
    {
        using PlayedQueue queue = new(8, features);
        queue.Add(1, writable: 6);
        Assert.Equal(QueueStatus.Full, queue.Add(2, writable: 3));
        Assert.Equal(2, queue.Driver.FreeDescriptors);
        Assert.Equal(QueueStatus.Ok, queue.Add(3, writable: 2));

        Assert.Equal(6, queue.TakeAvailable().Descriptors);
        Assert.Equal(2, queue.TakeAvailable().Descriptors);
        Assert.Null(queue.Device.Take());
    }

    [Theory]
    [MemberData(nameof(Rings.Both), MemberType = typeof(Rings))]
    public void Indirect_chains_fill_the_queue_with_as_many_requests_as_descriptors(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features | VirtioFeatures.IndirectDescriptors, indirectBuffers: 3);
        for (nuint i = 0; i < 4; i++)
        {
            Assert.Equal(QueueStatus.Ok, queue.Add(i, readable: 1, writable: 2));
        }

        Assert.Equal(QueueStatus.Full, queue.Add(4));
        List<FakeRequest> requests = [queue.TakeAvailable(), queue.TakeAvailable(), queue.TakeAvailable(), queue.TakeAvailable()];
        foreach (FakeRequest request in Enumerable.Reverse(requests))
        {
            queue.Device.Use(request, 32);
        }

        for (nuint i = 4; i-- > 0;)
        {
            queue.ExpectTaken(i, 32);
        }
    }

    [Theory]
    [MemberData(nameof(Rings.Both), MemberType = typeof(Rings))]
    public void A_chain_longer_than_the_tables_takes_descriptors_of_the_ring(VirtioFeatures features)
    {
        using PlayedQueue queue = new(8, features | VirtioFeatures.IndirectDescriptors, indirectBuffers: 3);
        queue.Add(1, writable: 4);
        queue.Add(2, writable: 3);
        queue.Add(3, writable: 1);
        Assert.Equal((4, 1, 1), (queue.TakeAvailable().Descriptors, queue.TakeAvailable().Descriptors, queue.TakeAvailable().Descriptors));
    }

    [Theory]
    [MemberData(nameof(Rings.Both), MemberType = typeof(Rings))]
    public void Tables_that_were_not_negotiated_are_not_used(VirtioFeatures features)
    {
        using PlayedQueue queue = new(8, features, indirectBuffers: 3);
        queue.Add(1, writable: 3);
        Assert.Equal(3, queue.TakeAvailable().Descriptors);
        Assert.Equal(Virtqueue.RequiredBytes(8, features), Virtqueue.RequiredBytes(8, features, indirectBuffers: 3));
    }

    /// <summary>VirtIO 1.2, 2.7.5.2: The Virtqueue Descriptor Table, with VIRTIO_F_IN_ORDER.</summary>
    [Theory]
    [InlineData(Rings.Split | VirtioFeatures.InOrder)]
    [InlineData(Rings.Packed | VirtioFeatures.InOrder)]
    [InlineData(Rings.Split | VirtioFeatures.InOrder | VirtioFeatures.IndirectDescriptors)]
    [InlineData(Rings.Packed | VirtioFeatures.InOrder | VirtioFeatures.IndirectDescriptors)]
    public void In_order_descriptors_are_used_round_and_round(VirtioFeatures features)
    {
        using PlayedQueue queue = new(8, features, indirectBuffers: 3);
        for (int round = 0; round < 30; round++)
        {
            // The fake device refuses any other order.
            Assert.Equal(QueueStatus.Ok, queue.Add(1, writable: 1 + (round % 5)));
            Assert.Equal(QueueStatus.Ok, queue.Add(2, readable: 1, writable: round % 3));
            Assert.Equal(2, queue.Device.Serve(_ => 0));
            queue.ExpectTaken(1, 0);
            queue.ExpectTaken(2, 0);
        }
    }

    /// <summary>VirtIO 1.2, 2.7.9 and 2.8.8: In-order use of descriptors.</summary>
    [Theory]
    [InlineData(Rings.Split)]
    [InlineData(Rings.Packed)]
    [InlineData(Rings.Split | VirtioFeatures.IndirectDescriptors)]
    [InlineData(Rings.Packed | VirtioFeatures.IndirectDescriptors)]
    public void In_order_one_used_element_may_stand_for_several_chains(VirtioFeatures features)
    {
        using PlayedQueue queue = new(16, features | VirtioFeatures.InOrder, indirectBuffers: 4);
        nuint token = 0;
        for (int round = 0; round < 40; round++)
        {
            int count = 1 + (round % 4);
            List<FakeRequest> batch = [];
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(QueueStatus.Ok, queue.Add(token + (nuint)i, readable: i % 2, writable: 1 + (i % 3)));
                batch.Add(queue.TakeAvailable());
            }

            queue.Device.PutBatch(batch, writtenIntoLast: 5);
            queue.Device.Show();
            for (int i = 0; i < count; i++)
            {
                // What the batch skips was written completely.
                Assert.True(queue.Driver.HasNews());
                queue.ExpectTaken(token++, i == count - 1 ? 5 : 16u * (uint)(1 + (i % 3)));
            }

            Assert.False(queue.Driver.HasNews());
            queue.ExpectNone();
        }
    }

    /// <summary>VirtIO 1.2, 2.8.4: the used length of an element without VIRTQ_DESC_F_WRITE means nothing.</summary>
    [Fact]
    public void A_packed_device_that_marks_nothing_as_written_is_believed_within_the_buffers()
    {
        using PlayedQueue queue = new(4, Rings.Packed);
        ((FakePackedQueue)queue.Device).MarksWritten = false;
        queue.Add(1, writable: 1);
        queue.Add(2, writable: 1);
        queue.Add(3, readable: 1, writable: 0);
        queue.Device.Use(queue.TakeAvailable(), 16);
        queue.Device.Use(queue.TakeAvailable(), 17);
        queue.Device.Use(queue.TakeAvailable(), 0xFFFF_FFFF);
        queue.ExpectTaken(1, 16);
        queue.ExpectTaken(2, 0);
        queue.ExpectTaken(3, 0);
    }

    [Theory]
    [MemberData(nameof(Rings.Both), MemberType = typeof(Rings))]
    public void A_chain_that_cannot_be_is_refused_with_its_first_mistake(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features | VirtioFeatures.IndirectDescriptors, indirectBuffers: 8);
        DmaMemory buffer = queue.Buffer(16);
        Assert.Equal(QueueStatus.NoBuffers, Try(_ => { }));
        Assert.Equal(QueueStatus.TooManyBuffers, Try(chain => Repeat(5, () => chain.AddWritable(buffer))));
        Assert.Equal(QueueStatus.TooManyBuffers, Try(chain => Repeat(7, () => chain.AddReadable(buffer))));
        Assert.Equal(QueueStatus.InvalidLength, Try(chain => chain.AddWritable(buffer.Address, 0)));
        Assert.Equal(QueueStatus.InvalidLength, Try(chain => chain.AddReadable(default(DmaMemory))));
        Assert.Equal(QueueStatus.InvalidLength, Try(chain => Repeat(2, () => chain.AddReadable(buffer.Address, uint.MaxValue))));
        Assert.Equal(QueueStatus.InvalidOrder, Try(chain =>
        {
            chain.AddWritable(buffer);
            chain.AddReadable(buffer);
            chain.AddReadable(buffer.Address, 0);
        }));
        Assert.Equal((0, 4), (queue.Driver.Outstanding, queue.Driver.FreeDescriptors));
        Assert.False(queue.Driver.Publish());
        Assert.Null(queue.Device.Take());
        Assert.Equal(QueueStatus.Ok, Try(chain => Repeat(4, () => chain.AddReadable(buffer))));

        QueueStatus Try(Action<BufferChain> fill)
        {
            BufferChain chain = new(6);
            fill(chain);
            return queue.Driver.TryAdd(chain, 1);
        }

        static void Repeat(int times, Action action)
        {
            for (int i = 0; i < times; i++)
            {
                action();
            }
        }
    }

    /// <summary>VirtIO 1.2, 2.7.5.2: a chain's buffers are at most 2^32 bytes together.</summary>
    [Fact]
    public void A_chain_may_have_exactly_4_GiB()
    {
        BufferChain chain = new(3);
        chain.AddWritable(0, 0x8000_0000);
        chain.AddWritable(0, 0x8000_0000);
        Assert.Equal((QueueStatus.Ok, uint.MaxValue), (chain.Status, chain.WritableBytes));
        chain.AddWritable(0, 1);
        Assert.Equal((QueueStatus.InvalidLength, 2), (chain.Status, chain.Count));
        chain.Clear();
        Assert.Equal((QueueStatus.Ok, 0, 0u), (chain.Status, chain.Count, chain.WritableBytes));
        Assert.Equal(QueueStatus.Ok, new BufferChain(-1).Status);
    }

    private static (ulong Address, uint Bytes) Place(DmaMemory memory) => (memory.Address, memory.Bytes);
}

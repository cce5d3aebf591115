using System.Collections.Generic;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>What is left of requests when a device is reset, and queues that begin anew.</summary>
public sealed class ResetTests
{
    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void After_a_reset_each_chain_that_was_not_taken_is_detached_once(VirtioFeatures features)
    {
        using PlayedQueue queue = new(16, features, indirectBuffers: 4);
        for (nuint i = 1; i <= 5; i++)
        {
            queue.Add(i, writable: (int)i % 3 + 1);
        }

        queue.AddOnly(6);
        queue.Device.Use(queue.TakeAvailable(), 0);
        queue.Device.Use(queue.TakeAvailable(), 0);
        queue.ExpectTaken(1, 0);

        HashSet<nuint> lost = [];
        while (queue.Driver.TryDetach(out nuint token) == QueueStatus.Ok)
        {
            Assert.True(lost.Add(token));
        }

        Assert.Equal([2, 3, 4, 5, 6], lost);
        Assert.Equal((0, QueueStatus.Empty), (queue.Driver.Outstanding, queue.Driver.TryDetach(out _)));
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_queue_that_is_being_detached_does_nothing_else(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features);
        queue.Add(1);
        queue.Add(2);
        queue.Device.Use(queue.TakeAvailable(), 0);
        Assert.Equal(QueueStatus.Ok, queue.Driver.TryDetach(out _));
        Assert.Equal(QueueStatus.Stopped, queue.Take().Status);
        Assert.Equal(QueueStatus.Stopped, queue.AddOnly(3));
        Assert.False(queue.Driver.Publish());
        Assert.True(queue.Driver.HasNews());
        Assert.False(queue.Driver.TryEnableInterrupts());
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void Chains_are_detached_after_each_of_several_resets(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features);
        for (nuint round = 0; round < 3; round++)
        {
            for (nuint i = 0; i < 4; i++)
            {
                Assert.Equal(QueueStatus.Ok, queue.Add((4 * round) + i));
            }

            for (nuint i = 0; i < 4; i++)
            {
                Assert.Equal(QueueStatus.Ok, queue.Driver.TryDetach(out nuint token));
                Assert.Equal((4 * round) + i, token);
            }

            Assert.Equal(QueueStatus.Empty, queue.Driver.TryDetach(out _));
            queue.Driver.Reset();
            queue.RestartDevice();
        }
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_queue_that_is_reset_works_again_a_thousand_times(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features, indirectBuffers: 2);
        for (int round = 0; round < 1000; round++)
        {
            // In different places of the ring each time, and broken each second time.
            for (int i = 0; i < round % 7; i++)
            {
                queue.Add(1, writable: 1 + (i % 2));
                queue.Device.Serve(_ => 0);
                queue.ExpectTaken(1, 0);
            }

            queue.Add(2);
            queue.AddOnly(3);
            if (round % 2 == 0)
            {
                queue.Device.UseRaw(77, 0);
                queue.ExpectBroken(QueueFault.UsedIdOutOfRange);
            }

            queue.Driver.Reset();
            queue.RestartDevice();
            Assert.Equal((QueueFault.None, 0, 4), (queue.Driver.Fault, queue.Driver.Outstanding, queue.Driver.FreeDescriptors));
            queue.ExpectNone();
        }
    }

    /// <summary>VirtIO 1.2, 2.4.1: after a reset in the middle of things the device has nothing to say.</summary>
    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void What_a_device_used_before_the_reset_is_no_chain_after_it(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features);
        queue.Add(1);
        FakeQueue before = queue.Device;
        FakeRequest request = queue.TakeAvailable();
        queue.Driver.Reset();
        queue.RestartDevice();
        before.UseRaw((uint)request.Id, 0);
        queue.ExpectBroken(queue.IsPacked ? QueueFault.UsedIdNotOutstanding : QueueFault.UsedIndexJump);
    }
}

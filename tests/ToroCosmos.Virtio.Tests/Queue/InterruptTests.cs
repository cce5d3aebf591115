using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>When each side is notified (VirtIO 1.2, 2.7.7, 2.7.10 and 2.8.10).</summary>
public sealed class InterruptTests
{
    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_queue_begins_with_interrupts_suppressed(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features);
        UseOne(queue);
        UseOne(queue);
        Assert.Equal(0, queue.Device.Interrupts);
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void An_interrupt_comes_when_it_was_asked_for_and_not_when_it_is_suppressed(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features);
        for (int round = 0; round < 20; round++)
        {
            Assert.True(queue.Driver.TryEnableInterrupts());
            UseOne(queue);
            Assert.Equal(round + 1, queue.Device.Interrupts);
            queue.Driver.SuppressInterrupts();
            Assert.Equal(QueueStatus.Ok, queue.Take().Status);
            UseOne(queue);
            Assert.Equal(QueueStatus.Ok, queue.Take().Status);
            Assert.Equal(round + 1, queue.Device.Interrupts);
        }
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void Who_asks_for_an_interrupt_when_there_is_something_already_is_told(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features);
        UseOne(queue);
        Assert.False(queue.Driver.TryEnableInterrupts());
        Assert.False(queue.Driver.TryEnableInterrupts());
        Assert.Equal(QueueStatus.Ok, queue.Take().Status);
        Assert.True(queue.Driver.TryEnableInterrupts());
    }

    [Theory]
    [InlineData(Rings.Split)]
    [InlineData(Rings.Packed)]
    public void With_event_index_several_chains_that_are_used_together_are_one_interrupt(VirtioFeatures features)
    {
        using PlayedQueue queue = new(8, features | VirtioFeatures.EventIndex);
        for (int round = 0; round < 20; round++)
        {
            for (int i = 0; i < 3; i++)
            {
                queue.Add(1, writable: 1 + i);
            }

            Assert.True(queue.Driver.TryEnableInterrupts());
            for (int i = 0; i < 3; i++)
            {
                queue.Device.Use(queue.TakeAvailable(), 0);
            }

            Assert.Equal(round + 1, queue.Device.Interrupts);
            while (queue.Take().Status == QueueStatus.Ok)
            {
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void A_device_that_looks_by_itself_is_not_notified(VirtioFeatures features)
    {
        using PlayedQueue queue = new(4, features);
        for (int round = 0; round < 20; round++)
        {
            queue.Device.SuppressNotifications();
            queue.AddOnly(1);
            Assert.False(queue.Driver.Publish());
            queue.Device.Use(queue.TakeAvailable(), 0);
            queue.Device.RequestNotification();
            queue.AddOnly(2);
            queue.AddOnly(3);
            Assert.True(queue.Driver.Publish());
            Assert.Equal(2, queue.Device.Serve(_ => 0));
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(QueueStatus.Ok, queue.Take().Status);
            }
        }
    }

    [Theory]
    [InlineData(5, Rings.Packed)]
    [InlineData(8, Rings.Packed)]
    [InlineData(8, Rings.Split)]
    public void With_event_index_the_device_is_notified_once_for_what_it_has_not_looked_at(int size, VirtioFeatures features)
    {
        using PlayedQueue queue = new(size, features | VirtioFeatures.EventIndex);
        for (int round = 0; round < 20; round++)
        {
            queue.Device.RequestNotification();
            queue.AddOnly(1, writable: 2);
            Assert.True(queue.Driver.Publish());
            queue.AddOnly(2, writable: 2);
            Assert.False(queue.Driver.Publish());
            queue.AddOnly(3);
            Assert.False(queue.Driver.Publish());
            Assert.Equal(3, queue.Device.Serve(_ => 0));
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(QueueStatus.Ok, queue.Take().Status);
            }
        }
    }

    /// <summary>The bounds of "has the index passed the one that was asked for", around the wrap.</summary>
    [Theory]
    [InlineData(5, 5, 5, false)]
    [InlineData(5, 5, 6, true)]
    [InlineData(6, 5, 6, false)]
    [InlineData(4, 5, 6, false)]
    [InlineData(7, 5, 9, true)]
    [InlineData(8, 5, 9, true)]
    [InlineData(9, 5, 9, false)]
    [InlineData(0xFFFF, 0xFFFE, 1, true)]
    [InlineData(0, 0xFFFE, 1, true)]
    [InlineData(1, 0xFFFE, 1, false)]
    [InlineData(0xFFFD, 0xFFFE, 1, false)]
    public void The_index_that_was_asked_for_is_reached_when_the_one_behind_it_is_the_next(ushort at, ushort before, ushort now, bool isReached)
    {
        using PlayedQueue queue = new(8, Rings.Split | VirtioFeatures.EventIndex);
        FakeSplitQueue device = (FakeSplitQueue)queue.Device;
        while (queue.Driver.NotificationPosition != before)
        {
            ServeOne(queue);
        }

        device.WriteAvailEvent(at);
        for (ushort i = before; i != now; i++)
        {
            Assert.Equal(QueueStatus.Ok, queue.AddOnly(1));
        }

        Assert.Equal(isReached, queue.Driver.Publish());
    }

    /// <summary>VirtIO 1.2, 2.9: Driver Notifications, with VIRTIO_F_NOTIFICATION_DATA.</summary>
    [Fact]
    public void The_position_for_notifications_is_the_index_or_the_next_descriptor_with_the_wrap_counter()
    {
        using PlayedQueue split = new(4, Rings.Split);
        Assert.Equal(0, split.Driver.NotificationPosition);
        split.AddOnly(1, writable: 2);
        Assert.Equal(0, split.Driver.NotificationPosition);
        split.Driver.Publish();
        Assert.Equal(1, split.Driver.NotificationPosition);

        using PlayedQueue packed = new(3, Rings.Packed);
        Assert.Equal(0x8000, packed.Driver.NotificationPosition);
        packed.Add(1, writable: 2);
        Assert.Equal(0x8002, packed.Driver.NotificationPosition);
        packed.Add(1, writable: 1);
        Assert.Equal(0, packed.Driver.NotificationPosition);
    }

    private static void UseOne(PlayedQueue queue)
    {
        Assert.Equal(QueueStatus.Ok, queue.Add(1));
        queue.Device.Use(queue.TakeAvailable(), 0);
    }

    private static void ServeOne(PlayedQueue queue)
    {
        UseOne(queue);
        Assert.Equal(QueueStatus.Ok, queue.Take().Status);
    }
}

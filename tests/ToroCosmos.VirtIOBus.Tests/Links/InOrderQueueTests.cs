using ToroCosmos.Tests;
using System;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Links;

public sealed unsafe class InOrderQueueTests
{
    [Fact]
    public void A_private_block_is_one_line()
    {
        Assert.Equal(128, sizeof(InOrderDriver));
        Assert.Equal(128, sizeof(InOrderDevice));
    }

    [Fact]
    public void The_driver_makes_every_buffer_available_in_order()
    {
        using QueuePair pair = new(8, attach: false);

        for (int i = 0; i < 8; i++)
        {
            Descriptor descriptor = pair.Queue.Descriptors[i];
            Assert.Equal((ulong)(nuint)pair.BufferMemory.Start + ((ulong)i * QueuePair.Stride), descriptor.Address);
            Assert.Equal(pair.BufferBytes, descriptor.Length);
            Assert.Equal(DescriptorFlags.Write, descriptor.Flags);
            Assert.Equal(i, pair.Queue.AvailEntries[i]);
        }

        Assert.Equal(8, *pair.Queue.AvailIndex);
        Assert.Equal(0, *pair.Queue.UsedIndex);
        Assert.Equal(0, *pair.Queue.UsedFlags);
        Assert.Equal(1, *pair.Queue.AvailFlags);
    }

    [Fact]
    public void Zeroed_sides_are_not_initialised_and_have_nothing()
    {
        using AlignedMemory memory = new(256, fill: 0);
        InOrderDriver* driver = (InOrderDriver*)memory.Start;
        InOrderDevice* device = (InOrderDevice*)(memory.Start + 128);

        Assert.Equal(QueueCondition.NotInitialized, driver->Condition);
        Assert.Equal(QueueCondition.NotInitialized, device->Condition);
        Assert.False(driver->TryPeek(out _, out _));
        Assert.False(device->TryReserve(out _));
        Assert.False(driver->Flush());
    }

    [Fact]
    public void A_message_arrives_with_its_length()
    {
        using QueuePair pair = new(4);

        Assert.Null(pair.Receive());
        Assert.True(pair.Send("hello"u8));
        Assert.True(pair.Send([]));

        Assert.Equal("hello"u8.ToArray(), pair.Receive());
        Assert.Equal(0, pair.Receive()?.Length);
        Assert.Null(pair.Receive());
    }

    [Fact]
    public void A_used_element_names_its_descriptor_and_the_bytes_written()
    {
        using QueuePair pair = new(4);

        pair.Send("abc"u8);
        pair.Send("defgh"u8);

        Assert.Equal((0u, 3u), (pair.Queue.UsedElements[0].Id, pair.Queue.UsedElements[0].Length));
        Assert.Equal((1u, 5u), (pair.Queue.UsedElements[1].Id, pair.Queue.UsedElements[1].Length));
        Assert.Equal(2, *pair.Queue.UsedIndex);
    }

    [Theory]
    [InlineData(3u)]
    [InlineData(77u)]
    public void A_used_element_holds_the_length_of_its_message_whatever_it_held_before(uint before)
    {
        using QueuePair pair = new(4);
        for (int i = 0; i < 4; i++)
        {
            pair.Send("abc"u8);
            pair.Receive();
        }

        pair.Queue.UsedElements[0].Length = before;
        pair.Send("abc"u8);
        pair.Queue.UsedElements[1].Length = before;
        pair.Send("defgh"u8);

        Assert.Equal("abc"u8.ToArray(), pair.Receive());
        Assert.Equal("defgh"u8.ToArray(), pair.Receive());
    }

    [Fact]
    public void Owning_the_next_buffer_writes_to_each_of_its_lines_and_to_nothing_else()
    {
        using QueuePair pair = new(4, bufferBytes: 320, strideBytes: 512);
        pair.Send("one"u8);
        new Span<byte>(pair.BufferMemory.Start, 4 * 512).Fill(0xEE);

        pair.Device->PrefetchNext(300);

        for (int at = 0; at < 4 * 512; at++)
        {
            bool isOwned = at is 512 or 576 or 640 or 704 or 768;
            Assert.Equal(isOwned ? 0 : 0xEE, pair.BufferMemory.Start[at]);
        }
    }

    [Fact]
    public void A_buffer_that_the_driver_has_not_given_back_is_not_owned()
    {
        using QueuePair pair = new(2, bufferBytes: 320, strideBytes: 512);
        byte[] message = new byte[320];
        Array.Fill(message, (byte)0xEE);
        for (int i = 0; i < 2; i++)
        {
            Assert.True(pair.Send(message));
            pair.Device->PrefetchNext(320);
        }

        Assert.Equal(message, pair.Receive());
        pair.Device->PrefetchNext(320);
        Assert.Equal(message, pair.Receive());
    }

    [Fact]
    public void A_peeked_message_stays_until_it_is_released()
    {
        using QueuePair pair = new(4);
        pair.Send("one"u8);
        pair.Send("three"u8);

        Assert.True(pair.Driver->TryPeek(out byte* first, out uint firstBytes));
        Assert.True(pair.Driver->TryPeek(out byte* again, out uint againBytes));
        Assert.Equal((nint)first, (nint)again);
        Assert.Equal((3u, 3u), (firstBytes, againBytes));

        pair.Driver->Release();
        Assert.True(pair.Driver->TryPeek(out _, out uint nextBytes));
        Assert.Equal(5u, nextBytes);
    }

    [Fact]
    public void A_reserved_buffer_is_not_seen_until_it_is_committed()
    {
        using QueuePair pair = new(4);

        Assert.True(pair.Device->TryReserve(out byte* first));
        Assert.True(pair.Device->TryReserve(out byte* again));
        Assert.Equal((nint)first, (nint)again);
        Assert.False(pair.Driver->HasNews());

        pair.Device->Commit(1);
        Assert.True(pair.Driver->HasNews());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(32768)]
    public void A_queue_holds_as_many_messages_as_it_has_descriptors(int size)
    {
        using QueuePair pair = new(size);
        for (int i = 0; i < size; i++)
        {
            Assert.True(pair.Send(BitConverter.GetBytes(i)));
        }

        Assert.False(pair.Send("x"u8));
        Assert.False(pair.Device->HasNews());
        Assert.Equal(QueueCondition.Working, pair.Device->Condition);
        for (int i = 0; i < size; i++)
        {
            Assert.Equal(BitConverter.GetBytes(i), pair.Receive());
        }

        Assert.True(pair.Send("x"u8));
    }

    [Fact]
    public void Room_is_given_back_a_quarter_of_the_queue_at_a_time()
    {
        using QueuePair pair = new(16);
        while (pair.Send("m"u8))
        {
        }

        for (int i = 0; i < 3; i++)
        {
            pair.Receive();
            Assert.Equal(16, *pair.Queue.AvailIndex);
        }

        pair.Receive();
        Assert.Equal(20, *pair.Queue.AvailIndex);
    }

    [Fact]
    public void A_flush_gives_withheld_room_back_at_once()
    {
        using QueuePair pair = new(16);
        while (pair.Send("m"u8))
        {
        }

        pair.Receive();
        Assert.False(pair.Send("n"u8));
        pair.Driver->Flush();

        Assert.Equal(17, *pair.Queue.AvailIndex);
        Assert.True(pair.Send("n"u8));
        Assert.False(pair.Driver->Flush());
    }

    [Fact]
    public void Descriptors_and_available_entries_are_written_once()
    {
        using QueuePair pair = new(4);
        byte[] table = new Span<byte>(pair.Queue.Descriptors, 4 * Descriptor.Bytes).ToArray();
        byte[] entries = new Span<byte>(pair.Queue.AvailEntries, 4 * AvailRing.EntryBytes).ToArray();

        for (int i = 0; i < 100; i++)
        {
            pair.Send("message"u8);
            pair.Receive();
        }

        Assert.Equal(table, new Span<byte>(pair.Queue.Descriptors, 4 * Descriptor.Bytes).ToArray());
        Assert.Equal(entries, new Span<byte>(pair.Queue.AvailEntries, 4 * AvailRing.EntryBytes).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(32768)]
    public void The_indices_wrap_at_65536_with_messages_in_flight(int size)
    {
        const int Messages = 200_000;
        using QueuePair pair = new(size);
        int sent = 0;
        for (int received = 0; received < Messages; received++)
        {
            while (pair.Device->TryReserve(out byte* buffer))
            {
                *(int*)buffer = sent++;
                pair.Device->Commit(4);
            }

            Assert.True(pair.Driver->TryPeek(out byte* data, out uint bytes));
            Assert.Equal((received, 4u), (*(int*)data, bytes));
            pair.Driver->Release();
        }

        Assert.Equal(QueueCondition.Working, pair.Driver->Condition);
        Assert.Equal(QueueCondition.Working, pair.Device->Condition);
    }

    [Fact]
    public void A_commit_asks_for_a_wake_up_only_when_the_driver_announced_sleep()
    {
        using QueuePair pair = new(8);
        Assert.True(pair.Device->TryReserve(out _));
        Assert.False(pair.Device->Commit(0));

        pair.Driver->RequestWakeUp();
        Assert.Equal(0, *pair.Queue.AvailFlags);
        Assert.True(pair.Device->Commit(0));

        pair.Driver->SuppressWakeUps();
        Assert.Equal(1, *pair.Queue.AvailFlags);
        Assert.False(pair.Device->Commit(0));
    }

    [Fact]
    public void Giving_room_back_asks_for_a_wake_up_only_when_the_device_announced_sleep()
    {
        using QueuePair pair = new(2);
        pair.Send("1"u8);
        pair.Send("2"u8);
        Assert.False(pair.Driver->Release());

        pair.Device->RequestWakeUp();
        Assert.Equal(0, *pair.Queue.UsedFlags);
        Assert.True(pair.Driver->Release());

        pair.Device->SuppressWakeUps();
        Assert.Equal(1, *pair.Queue.UsedFlags);
    }
}

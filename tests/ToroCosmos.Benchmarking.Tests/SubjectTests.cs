using System;
using ToroCosmos.HostBenchmarks.Subjects;
using ToroCosmos.VirtIOBus;
using Xunit;

namespace ToroCosmos.Benchmarking.Tests;

/// <summary>A subject that loses or mixes up messages may be as fast as it likes.</summary>
public sealed class SubjectTests
{
    private const int InFlight = 2;

    public static TheoryData<int> Lengths => [.. MessageSizes.All];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_queue_carries_messages_whole_and_in_order(int bytes) =>
        Exchange(new QueuePipe(MessageSizes.QueueSize(bytes), bytes), bytes);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_bus_carries_messages_whole_and_in_order(int bytes)
    {
        MessageBus bus = HostBus.Create(MessageSizes.QueueSize(bytes), bytes);
        Exchange(new BusPipe(bus, 0, 1), bytes);
        Exchange(new BusPipe(bus, 1, 0), bytes);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_bus_carries_messages_in_place_whole_and_in_order(int bytes)
    {
        MessageBus bus = HostBus.Create(MessageSizes.QueueSize(bytes), bytes);
        Exchange(new BusInPlacePipe(bus, 0, 1), bytes);
        Exchange(new BusInPlacePipe(bus, 1, 0), bytes);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1024)]
    public void The_bus_carries_batches_whole_and_in_order(int bytes)
    {
        MessageBus bus = HostBus.Create(MessageSizes.QueueSize(bytes), bytes);
        int batch = bus.QueueSize / 4;
        Exchange(new BusBatchPipe(bus, 0, 1, bytes, batch), bytes * batch);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_plain_ring_carries_messages_whole_and_in_order(int bytes) =>
        Exchange(new SpscRing(MessageSizes.QueueSize(bytes), bytes), bytes);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_bounded_channel_carries_messages_whole_and_in_order(int bytes) =>
        Exchange(new SlotPipe<ChannelOfSlots>(ChannelOfSlots.Bounded(MessageSizes.QueueSize(bytes)), bytes), bytes);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_unbounded_channel_carries_messages_whole_and_in_order(int bytes) =>
        Exchange(new SlotPipe<ChannelOfSlots>(ChannelOfSlots.Unbounded(), bytes), bytes);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_concurrent_queue_carries_messages_whole_and_in_order(int bytes) =>
        Exchange(new SlotPipe<ConcurrentQueueOfSlots>(new ConcurrentQueueOfSlots(), bytes), bytes);

    private static void Exchange<TPipe>(TPipe pipe, int bytes)
        where TPipe : struct, IPipe
    {
        // Several times around the largest ring.
        const int Rounds = 600;
        byte[] sent = new byte[bytes];
        byte[] received = new byte[bytes];
        for (int i = 0; i < Rounds; i++)
        {
            for (int message = 0; message < InFlight; message++)
            {
                Fill(sent, (i * InFlight) + message);
                pipe.Send(sent);
            }

            for (int message = 0; message < InFlight; message++)
            {
                Fill(sent, (i * InFlight) + message);
                pipe.Receive(received);
                Assert.True(sent.AsSpan().SequenceEqual(received), $"message {(i * InFlight) + message} is not as it was sent");
            }
        }
    }

    private static void Fill(byte[] message, int number)
    {
        message.AsSpan().Fill((byte)number);
        BitConverter.TryWriteBytes(message, number);
    }
}

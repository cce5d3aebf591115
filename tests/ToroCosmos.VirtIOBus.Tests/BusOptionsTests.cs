using System;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

public sealed unsafe class BusOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(-64)]
    [InlineData(65536)]
    public void A_queue_size_that_is_not_a_power_of_two_from_2_to_32768_is_refused(int size) =>
        Assert.Throws<ArgumentException>(() => MessageBus.RequiredBytes(2, new BusOptions { QueueSize = size }));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(1023)]
    [InlineData(-8)]
    [InlineData((1 << 24) + 8)]
    public void A_buffer_size_that_is_not_a_multiple_of_8_up_to_16_MiB_is_refused(int size) =>
        Assert.Throws<ArgumentException>(() => MessageBus.RequiredBytes(2, new BusOptions { BufferSize = size }));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public void Negative_iterations_of_the_wait_policy_are_refused(int poll, int pause)
    {
        WaitLengths waiting = new(poll, pause);
        Assert.Throws<ArgumentException>(() => MessageBus.RequiredBytes(2, new BusOptions { Waiting = waiting }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Fewer_than_one_core_are_refused(int cores) =>
        Assert.Throws<ArgumentException>(() => MessageBus.RequiredBytes(cores, new BusOptions { Checks = BusChecks.Standard }));

    [Fact]
    public void A_sum_beyond_what_can_be_addressed_is_refused()
    {
        BusOptions largest = new()
        {
            QueueSize = BusOptions.MaximumQueueSize,
            BufferSize = BusOptions.MaximumBufferSize,
        };
        Assert.Throws<ArgumentException>(() => MessageBus.RequiredBytes(int.MaxValue, largest));
    }

    [Theory]
    [InlineData(2, 2 * 72_064)]
    [InlineData(3, 6 * 72_064)]
    [InlineData(8, 56 * 72_064)]
    public void The_defaults_cost_what_is_documented(int cores, int bytes) =>
        Assert.Equal((nuint)bytes, MessageBus.RequiredBytes(cores, new BusOptions { Checks = BusChecks.Standard }));

    [Theory]
    [InlineData(2, 8, BusChecks.Standard)]
    [InlineData(64, 48, BusChecks.Standard)]
    [InlineData(64, 184, BusChecks.Standard)]
    [InlineData(64, 1024, BusChecks.Standard)]
    [InlineData(64, 1024, BusChecks.Full)]
    [InlineData(32768, 8, BusChecks.Standard)]
    public void A_queue_costs_what_is_documented(int queueSize, int bufferSize, BusChecks checks)
    {
        BusOptions options = new() { QueueSize = queueSize, BufferSize = bufferSize, Checks = checks };
        nuint queue = MessageBus.RequiredBytes(2, options) / 2;
        int canary = checks == BusChecks.Full ? 64 : 0;
        int lines = (bufferSize + canary + 16 + 63) / 64;
        int apart = Math.Max(3, lines % 2 == 0 ? lines + 1 : lines);
        nuint payload = (nuint)queueSize * (nuint)((apart * 64) + 26);
        Assert.InRange(queue, payload, payload + 1040);
    }

    [Fact]
    public void The_private_blocks_and_shared_words_lie_on_lines_of_their_own()
    {
        Link link;
        byte* start = (byte*)&link;
        Assert.Equal(512, sizeof(Link));
        Assert.Equal(0, (byte*)&link.ReceiverState - start);
        Assert.Equal(128, (byte*)&link.SenderState - start);
        Assert.Equal(256, (byte*)&link.Receiver - start);
        Assert.Equal(384, (byte*)&link.Sender - start);
    }

    [Fact]
    public void Links_do_not_overlap_and_fill_the_memory_exactly()
    {
        const int Cores = 5;
        BusOptions options = new();
        nuint bytes = MessageBus.RequiredBytes(Cores, options);
        using AlignedMemory memory = new(bytes);
        LinkTable links = new(memory.Start, Cores, options.LinkSizes);
        byte* expected = memory.Start;
        for (int receiver = 0; receiver < Cores; receiver++)
        {
            for (int sender = 0; sender < Cores; sender++)
            {
                if (sender != receiver)
                {
                    Link* link = links.Find(sender, receiver);
                    Assert.Equal((nint)expected, (nint)link);
                    Assert.Equal((nint)(link + 1), (nint)links.Queue(link).Descriptors);
                    byte* buffers = links.Buffers(link);
                    Assert.Equal((nint)(link + 1) + VirtqueueMemory.RequiredBytes(options.QueueSize), (nint)buffers);
                    expected = buffers + links.BuffersBytes;
                }
            }
        }

        Assert.Equal((nint)(memory.Start + bytes), (nint)expected);
    }

    [Fact]
    public void A_bus_refuses_memory_that_is_missing_misaligned_or_short()
    {
        nuint bytes = MessageBus.RequiredBytes(2);
        using AlignedMemory memory = new(bytes + 128);
        ScriptedSleep sleep = new();

        Assert.Throws<ArgumentException>(() => new MessageBus(null, bytes, 2, sleep));
        Assert.Throws<ArgumentException>(() => new MessageBus(memory.Start + 64, bytes, 2, sleep));
        Assert.Throws<ArgumentException>(() => new MessageBus(memory.Start, bytes - 1, 2, sleep));
        Assert.Throws<ArgumentNullException>(() => new MessageBus(memory.Start, bytes, 2, null!));
    }

    [Fact]
    public void A_bus_tells_its_sizes_and_knows_its_cores()
    {
        using TestBus test = new(3, new ScriptedSleep(), queueSize: 16, bufferSize: 128);

        Assert.Equal((3, 16, 128), (test.Bus.Cores, test.Bus.QueueSize, test.Bus.BufferSize));
        Assert.Equal(2, test[2].Core);
        Assert.Throws<ArgumentOutOfRangeException>(() => test.Bus.Endpoint(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.Bus.Endpoint(-1));
    }
}

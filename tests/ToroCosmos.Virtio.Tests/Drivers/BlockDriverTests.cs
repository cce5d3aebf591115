using System;
using System.Buffers.Binary;
using System.Linq;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Drivers;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Tests.Transport;
using ToroCosmos.Virtio.Transport;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Drivers;

/// <summary>The block driver on a disk that is played, honest and hostile.</summary>
public sealed class BlockDriverTests
{
    private const ulong Version1 = (ulong)VirtioFeatures.Version1;
    private const int Sectors = 1000;

    private readonly byte[] _disk = new byte[Sectors * 512];

    public BlockDriverTests() => new Random(1).NextBytes(_disk);

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, (ulong)VirtioFeatures.RingPacked)]
    [InlineData(false, (ulong)(VirtioFeatures.EventIndex | VirtioFeatures.IndirectDescriptors))]
    public void Whatever_the_queue_and_the_transport_the_disk_is_read_and_written(bool isPci, ulong features)
    {
        using PlayedMachine machine = Machine(isPci, features);
        BlockDevice device = Open(machine);
        byte[] read = new byte[200 * 512];

        Assert.Equal(VirtioStatus.Ok, device.Lane(0)!.Read(3, read));
        Assert.Equal(_disk.AsSpan(3 * 512, read.Length), read.AsSpan());
        Assert.Equal(VirtioStatus.Ok, device.Lane(0)!.Write(Sectors - 200, read));
        Assert.Equal(read, _disk.AsSpan((Sectors - 200) * 512).ToArray());
        Assert.Equal(VirtioStatus.Ok, device.Lane(0)!.Flush());
        Assert.Equal(VirtioStatus.Ok, device.Close());
        Assert.Equal(0ul, machine.Host.Memory.UsedBytes);
    }

    [Theory]
    [InlineData(1, VirtioStatus.IoError)]
    [InlineData(2, VirtioStatus.Unsupported)]
    [InlineData(3, VirtioStatus.Broken)]
    [InlineData(0xFF, VirtioStatus.Broken)]
    public void The_devices_answer_is_told_and_one_that_there_is_not_breaks_it(byte answer, VirtioStatus expected)
    {
        using PlayedMachine machine = Machine();
        BlockDevice device = Open(machine);
        machine.Device.Notified = (_, queue) => Serve(queue, answer);

        Assert.Equal(expected, device.Lane(0)!.Read(0, new byte[512]));

        machine.Device.Notified = (_, queue) => Serve(queue);
        Assert.Equal(
            expected == VirtioStatus.Broken ? VirtioStatus.Broken : VirtioStatus.Ok, device.Lane(0)!.Read(0, new byte[512]));
        Assert.Equal(VirtioStatus.Ok, device.Close());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(512)]
    public void A_device_that_says_it_is_well_and_has_written_less_is_not_believed(uint written)
    {
        using PlayedMachine machine = Machine();
        BlockDevice device = Open(machine);
        machine.Device.Notified = (_, queue) => Serve(queue, written: written);
        byte[] read = new byte[512];

        Assert.Equal(VirtioStatus.Broken, device.Lane(0)!.Read(0, read));
        Assert.Equal(new byte[512], read);
    }

    [Fact]
    public void A_silent_device_runs_into_the_time_limit_and_its_late_answer_harms_nobody()
    {
        using PlayedMachine machine = Machine();
        BlockDevice device = Open(machine);
        machine.Device.Notified = null;
        BlockLane lane = device.Lane(0)!;
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(VirtioStatus.TimedOut, lane.Read(0, new byte[512], 100_000));
        }

        // The places of the four are taken until the device answers.
        Assert.Equal(VirtioStatus.Full, lane.Read(0, new byte[512], 100_000));
        Assert.Equal(4, lane.Outstanding);

        Serve(machine.Device.Queue(0));
        machine.Device.Notified = (_, queue) => Serve(queue);
        byte[] read = new byte[512];
        Assert.Equal(VirtioStatus.Ok, lane.Read(5, read, 1_000_000_000));
        Assert.Equal(_disk.AsSpan(5 * 512, 512), read.AsSpan());
        Assert.Equal(VirtioStatus.Empty, lane.TryEnd(out _, out _));
        Assert.Equal(0, lane.Outstanding);
    }

    [Fact]
    public void Requests_end_in_whatever_order_under_their_own_names()
    {
        using PlayedMachine machine = Machine();
        BlockDevice device = Open(machine);
        machine.Device.Notified = null;
        BlockLane lane = device.Lane(0)!;
        DmaMemory[] data = [.. Enumerable.Range(0, 8).Select(_ => machine.Memory.Take(512))];
        for (int i = 0; i < data.Length; i++)
        {
            Assert.Equal(VirtioStatus.Ok, lane.TryBegin(BlockOperation.Read, (ulong)i, data[i], (nuint)(100 + i)));
        }

        Assert.Equal(VirtioStatus.Empty, lane.TryEnd(out _, out _));
        FakeQueue queue = machine.Device.Queue(0);
        while (queue.Take() is not null)
        {
        }

        foreach (FakeRequest request in queue.Held.Reverse().ToArray())
        {
            Answer(queue, request, 0, null);
        }

        int ended = 0;
        while (lane.TryEnd(out nuint tag, out VirtioStatus result) == VirtioStatus.Ok)
        {
            Assert.Equal(VirtioStatus.Ok, result);
            int i = (int)tag - 100;
            Assert.Equal(_disk.AsSpan(i * 512, 512), data[i].Span);
            ended++;
        }

        Assert.Equal(8, ended);
    }

    [Theory]
    [InlineData(6, 20, 0u)]
    [InlineData(6, 20, 511u)]
    [InlineData(6, 20, 513u)]
    [InlineData(6, 20, 0x8000_0000u)]
    [InlineData(1, 8, 511u)]
    [InlineData(12, 34, 0u)]
    public void A_configuration_that_cannot_be_is_declined(int feature, int offset, uint value)
    {
        byte[] config = Config();
        BinaryPrimitives.WriteUInt32LittleEndian(config.AsSpan(offset), value);
        using PlayedMachine machine = Machine(features: 1UL << feature, config: config);

        Assert.Equal(VirtioStatus.BadConfiguration, BlockDevice.Open(machine.Open(), machine.Host, 1, out BlockDevice? device));

        Assert.Null(device);
        Assert.True((machine.Device.Status & DeviceStatusFlags.Failed) != 0);
        Assert.Equal(0ul, machine.Host.Memory.UsedBytes);
    }

    [Fact]
    public void A_configuration_without_a_capacity_is_declined()
    {
        using PlayedMachine machine = Machine(config: [1, 2, 3, 4]);

        Assert.Equal(VirtioStatus.BadConfiguration, BlockDevice.Open(machine.Open(), machine.Host, 1, out _));
    }

    [Fact]
    public void Short_buffers_of_a_device_split_a_request()
    {
        byte[] config = Config();
        BinaryPrimitives.WriteUInt32LittleEndian(config.AsSpan(8), 1024);
        BinaryPrimitives.WriteUInt32LittleEndian(config.AsSpan(12), 3);
        using PlayedMachine machine = Machine(features: 6, config: config);
        BlockDevice device = Open(machine);
        int longest = 0;
        machine.Device.Notified = (_, queue) => Serve(queue, seen: request => longest = Math.Max(longest, request.Writable.Max(buffer => (int)buffer.Bytes)));
        byte[] read = new byte[10 * 512];

        Assert.Equal(VirtioStatus.Ok, device.Lane(0)!.Read(0, read));
        Assert.Equal(_disk.AsSpan(0, read.Length), read.AsSpan());
        Assert.Equal(1024, longest);
        Assert.Equal(VirtioStatus.Ok, device.Lane(0)!.TryBegin(BlockOperation.Read, 0, machine.Memory.Take(3072), 1));
        Assert.Equal(VirtioStatus.InvalidLength, device.Lane(0)!.TryBegin(BlockOperation.Read, 0, machine.Memory.Take(4096), 1));
    }

    [Fact]
    public void Each_core_has_a_queue_as_far_as_the_device_has_as_many()
    {
        byte[] config = Config();
        BinaryPrimitives.WriteUInt16LittleEndian(config.AsSpan(34), 3);
        using PlayedMachine machine = new(true, memory => new FakeDevice(memory, 16, 16, 16)
        {
            Type = VirtioDeviceType.Block,
            Offered = Version1 | (1 << 12),
            Config = config,
        });

        Assert.Equal(VirtioStatus.Ok, BlockDevice.Open(machine.Open(), machine.Host, 8, out BlockDevice? device));
        Assert.Equal(3, device!.LaneCount);
        Assert.Equal(2, device.Lane(2)!.Core);
        Assert.Null(device.Lane(3));
    }

    [Fact]
    public void Without_memory_nothing_is_kept()
    {
        using PlayedMachine machine = Machine();
        DriverHost host = new(new PooledMemory(machine.Memory, 1 << 17), machine.Sleep, new(1, 1));

        Assert.Equal(VirtioStatus.NoMemory, BlockDevice.Open(machine.Open(), host, 1, out _));
        Assert.Equal(0ul, host.Memory.UsedBytes);
    }

    private static byte[] Config()
    {
        byte[] config = new byte[60];
        BinaryPrimitives.WriteUInt64LittleEndian(config, Sectors);
        return config;
    }

    private PlayedMachine Machine(bool isPci = true, ulong features = 0, byte[]? config = null)
    {
        PlayedMachine machine = new(isPci, memory => new FakeDevice(memory, 128)
        {
            Type = VirtioDeviceType.Block,
            Offered = Version1 | features,
            Config = config ?? Config(),
        });
        machine.Device.Notified = (_, queue) => Serve(queue);
        return machine;
    }

    private static BlockDevice Open(PlayedMachine machine)
    {
        Assert.Equal(VirtioStatus.Ok, BlockDevice.Open(machine.Open(), machine.Host, 1, out BlockDevice? device));
        return device!;
    }

    private void Serve(FakeQueue queue, byte answer = 0, uint? written = null, Action<FakeRequest>? seen = null)
    {
        while (queue.Take() is { } request)
        {
            seen?.Invoke(request);
            Answer(queue, request, answer, written);
        }

        queue.RequestNotification();
    }

    private void Answer(FakeQueue queue, FakeRequest request, byte answer, uint? written)
    {
        byte[] read = request.Read();
        uint type = BinaryPrimitives.ReadUInt32LittleEndian(read);
        int place = (int)BinaryPrimitives.ReadUInt64LittleEndian(read.AsSpan(8)) * 512;
        int room = (int)request.WritableBytes - 1;
        if (type == 1)
        {
            read.AsSpan(16).CopyTo(_disk.AsSpan(place));
        }

        byte[] data = type == 0 ? [.. _disk.AsSpan(place, room), answer] : [answer];
        uint all = request.Write(data);
        queue.Use(request, written ?? all);
    }
}

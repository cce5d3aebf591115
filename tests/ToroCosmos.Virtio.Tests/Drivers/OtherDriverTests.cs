using System;
using System.Buffers.Binary;
using System.Linq;
using ToroCosmos.Virtio.Drivers;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Tests.Transport;
using ToroCosmos.Virtio.Transport;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Drivers;

/// <summary>The entropy, network and console drivers on devices that are played, honest and hostile.</summary>
public sealed class OtherDriverTests
{
    private const ulong Version1 = (ulong)VirtioFeatures.Version1;

    [Fact]
    public void Random_bytes_are_handed_out_once_and_only_those_that_came()
    {
        using PlayedMachine machine = new(true, memory => new FakeDevice(memory, 8));
        byte next = 0;
        machine.Device.Notified = (_, queue) => queue.Use(queue.Take()!, queue.Held[0].Write([++next, ++next, ++next]));
        Assert.Equal(VirtioStatus.Ok, EntropyDevice.Open(machine.Open(), machine.Host, 0, out EntropyDevice? device));
        byte[] bytes = new byte[7];

        Assert.Equal(VirtioStatus.Ok, device!.Read(bytes));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], bytes);
        Assert.Equal(VirtioStatus.Ok, device.TryRead(bytes, out int length));
        Assert.Equal(2, length);
        Assert.Equal(VirtioStatus.Ok, device.Close());
        Assert.Equal(VirtioStatus.Closed, device.TryRead(bytes, out _));
        Assert.Equal(0ul, machine.Host.Memory.UsedBytes);
    }

    [Fact]
    public void A_source_that_gives_nothing_or_more_than_fits_is_broken()
    {
        foreach (uint written in (uint[])[0, 513, uint.MaxValue])
        {
            using PlayedMachine machine = new(true, memory => new FakeDevice(memory, 8));
            machine.Device.Notified = (_, queue) =>
            {
                FakeRequest request = queue.Take()!;
                queue.IsHostile = true;
                queue.Use(request, written);
            };
            Assert.Equal(VirtioStatus.Ok, EntropyDevice.Open(machine.Open(), machine.Host, 0, out EntropyDevice? device));
            byte[] bytes = new byte[4];

            Assert.Equal(VirtioStatus.Broken, device!.Read(bytes));
            Assert.Equal(new byte[4], bytes);
            Assert.Equal(VirtioStatus.Broken, device.Read(bytes));
            Assert.Equal(VirtioStatus.Ok, device.Close());
        }
    }

    [Fact]
    public void Frames_too_short_to_be_one_are_dropped_and_counted()
    {
        using PlayedMachine machine = Network(0);
        Assert.Equal(VirtioStatus.Ok, NetworkDevice.Open(machine.Open(), machine.Host, 1, out NetworkDevice? device));
        NetworkLane lane = device!.Lane(0)!;
        FakeQueue queue = machine.Device.Queue(0);
        byte[] frame = new byte[100];

        foreach (int length in (int[])[0, 11, 12, 25, 26, 60])
        {
            FakeRequest request = queue.Take()!;
            queue.Use(request, request.Write(new byte[length]));
        }

        Assert.Equal(VirtioStatus.Ok, lane.TryReceive(frame, out int received));
        Assert.Equal(14, received);
        Assert.Equal(4u, lane.Dropped);
        Assert.Equal(VirtioStatus.Ok, lane.TryReceive(frame, out received));
        Assert.Equal(48, received);
        Assert.Equal(VirtioStatus.Empty, lane.TryReceive(frame, out _));
        Assert.Equal(VirtioStatus.Ok, device.Close());
        Assert.Equal(0ul, machine.Host.Memory.UsedBytes);
    }

    [Fact]
    public void A_short_frame_is_sent_with_zeros_behind_and_a_full_queue_says_so()
    {
        using PlayedMachine machine = Network(0);
        Assert.Equal(VirtioStatus.Ok, NetworkDevice.Open(machine.Open(), machine.Host, 1, out NetworkDevice? device));
        NetworkLane lane = device!.Lane(0)!;
        byte[] frame = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];
        for (int i = 0; i < NetworkLane.Depth; i++)
        {
            Assert.Equal(VirtioStatus.Ok, lane.TrySend(frame));
        }

        Assert.Equal(VirtioStatus.Full, lane.TrySend(frame));
        Assert.Equal(VirtioStatus.TimedOut, lane.Send(frame, 100_000));
        FakeQueue queue = machine.Device.Queue(1);
        FakeRequest request = queue.Take()!;
        Assert.Equal([.. new byte[12], .. frame, .. new byte[40]], request.Read());
        queue.Use(request, 0);
        Assert.Equal(VirtioStatus.Ok, lane.Send(frame));
        Assert.Equal(VirtioStatus.InvalidLength, lane.TrySend(new byte[13]));
        Assert.Equal(VirtioStatus.InvalidLength, lane.TrySend(new byte[1515]));
    }

    [Theory]
    [InlineData(0, VirtioStatus.Ok)]
    [InlineData(1, VirtioStatus.Unsupported)]
    public void Several_pairs_are_asked_for_by_the_control_queue(byte answer, VirtioStatus expected)
    {
        using PlayedMachine machine = Network((1 << 17) | (1 << 22), pairs: 3, queues: 7);
        byte[] command = [];
        machine.Device.Notified = (index, queue) =>
        {
            if (index == 6)
            {
                FakeRequest request = queue.Take()!;
                command = request.Read();
                queue.Use(request, request.Write([answer]));
            }
        };

        Assert.Equal(expected, NetworkDevice.Open(machine.Open(), machine.Host, 2, out NetworkDevice? device));

        Assert.Equal([4, 0, 2, 0], command);
        Assert.Equal(expected == VirtioStatus.Ok ? 2 : 0, device?.LaneCount ?? 0);
        Assert.Equal(expected == VirtioStatus.Ok, machine.Host.Memory.UsedBytes > 0);
    }

    [Theory]
    [InlineData(3, 10, 67)]
    [InlineData(3, 10, 0)]
    public void A_network_that_cannot_be_is_declined(int feature, int offset, ushort value)
    {
        using PlayedMachine machine = Network(1UL << feature);
        BinaryPrimitives.WriteUInt16LittleEndian(machine.Device.Config.AsSpan(offset), value);

        Assert.Equal(VirtioStatus.BadConfiguration, NetworkDevice.Open(machine.Open(), machine.Host, 1, out _));
        Assert.Equal(0ul, machine.Host.Memory.UsedBytes);
    }

    [Fact]
    public void Address_link_and_length_of_frames_are_the_devices()
    {
        using PlayedMachine machine = Network((1 << 3) | (1 << 5) | (1 << 16));
        byte[] config = [0x52, 0x54, 0, 1, 2, 3, 1, 0, 0, 0, 0x28, 0x23];
        config.CopyTo(machine.Device.Config, 0);
        Assert.Equal(VirtioStatus.Ok, NetworkDevice.Open(machine.Open(), machine.Host, 1, out NetworkDevice? device));

        Assert.Equal("52:54:00:01:02:03", device!.Mac.Text);
        Assert.Equal(9000, device.Mtu);
        Assert.Equal(9014, device.Lane(0)!.LongestFrame);
        Assert.True(device.IsLinkUp);
        machine.Device.Config[6] = 0;
        Assert.False(device.IsLinkUp);
    }

    [Fact]
    public void Ports_come_open_have_names_and_carry_bytes_both_ways()
    {
        using PlayedMachine machine = Console();
        Assert.Equal(VirtioStatus.Ok, ConsoleDevice.Open(machine.Open(), machine.Host, 0, 2, out ConsoleDevice? device));
        ConsolePort port = device!.Port(1)!;
        Assert.False(port.Exists);
        Control(machine, 1, 1, 0);
        Control(machine, 1, 7, 0, "echo\0"u8.ToArray());
        Control(machine, 1, 6, 1);
        Control(machine, 1, 5, 0, [80, 0, 25, 0]);
        Control(machine, 0, 4, 1);
        Assert.Equal(VirtioStatus.Ok, device.Service());

        Assert.True(port.Exists && port.IsOpen && device.Port(0)!.IsConsole);
        Assert.Equal("echo"u8, port.Name);
        Assert.Equal((80, 25), (port.Columns, port.Rows));
        Assert.Equal([(0u, 0, 1), (1u, 3, 1), (1u, 6, 1)], Told(machine));

        FakeQueue receive = machine.Device.Queue(4);
        FakeRequest request = receive.Take()!;
        receive.Use(request, request.Write([1, 2, 3]));
        byte[] bytes = new byte[2];
        Assert.Equal(VirtioStatus.Ok, port.Read(bytes, out int length));
        Assert.Equal((2, 1, 2), (length, bytes[0], bytes[1]));
        Assert.Equal(VirtioStatus.Ok, port.TryRead(bytes, out length));
        Assert.Equal((1, 3), (length, bytes[0]));
        Assert.Equal(VirtioStatus.Empty, port.TryRead(bytes, out _));
        Assert.Equal(VirtioStatus.TimedOut, port.Read(bytes, 100_000, out _));

        Assert.Equal(VirtioStatus.Ok, port.TryWrite(new byte[100_000], out length));
        Assert.Equal(8192, length);
        Assert.Equal(VirtioStatus.Full, port.TryWrite(bytes, out _));
        Assert.Equal(VirtioStatus.TimedOut, port.Write(bytes, 100_000, out length));
        Assert.Equal(VirtioStatus.Ok, device.Close());
        Assert.Equal(VirtioStatus.Closed, port.TryWrite(bytes, out _));
        Assert.Equal(0ul, machine.Host.Memory.UsedBytes);
    }

    /// <summary>Whatever a device tells of ports, the driver goes on, and its own ports are all that there are.</summary>
    [Fact]
    public void Whatever_is_told_of_ports_the_driver_goes_on()
    {
        Random random = new(2);
        using PlayedMachine machine = Console();
        Assert.Equal(VirtioStatus.Ok, ConsoleDevice.Open(machine.Open(), machine.Host, 0, 2, out ConsoleDevice? device));
        for (int i = 0; i < 5000; i++)
        {
            byte[] rest = new byte[random.Next(121)];
            random.NextBytes(rest);
            uint port = random.Next(4) == 0 ? (uint)random.NextInt64(uint.MaxValue) : (uint)random.Next(4);
            Control(machine, port, (ushort)random.Next(10), (ushort)random.Next(3), rest);
            Assert.Equal(VirtioStatus.Ok, device!.Service());
            Assert.Null(device.Port(2));
            Assert.InRange(device.Port(1)!.Name.Length, 0, ConsolePort.LongestName);
        }

        Assert.Equal(VirtioStatus.Ok, device!.Close());
        Assert.Equal(0ul, machine.Host.Memory.UsedBytes);
    }

    private static PlayedMachine Network(ulong features, ushort pairs = 1, int queues = 2)
    {
        byte[] config = new byte[24];
        BinaryPrimitives.WriteUInt16LittleEndian(config.AsSpan(8), pairs);
        return new PlayedMachine(true, memory => new FakeDevice(memory, [.. Enumerable.Repeat(64, queues)])
        {
            Type = VirtioDeviceType.Network,
            Offered = Version1 | features,
            Config = config,
        });
    }

    private static PlayedMachine Console()
    {
        byte[] config = new byte[12];
        config[4] = 4;
        return new PlayedMachine(true, memory => new FakeDevice(memory, [.. Enumerable.Repeat(32, 10)])
        {
            Type = VirtioDeviceType.Console,
            Offered = Version1 | 2,
            Config = config,
        });
    }

    private static void Control(PlayedMachine machine, uint port, ushort what, ushort value, byte[]? rest = null)
    {
        byte[] message = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(message, port);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), what);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), value);
        FakeQueue queue = machine.Device.Queue(2);
        FakeRequest request = queue.Take()!;
        queue.Use(request, request.Write([.. message, .. rest ?? []]));
    }

    private static (uint Port, int Event, int Value)[] Told(PlayedMachine machine)
    {
        FakeQueue queue = machine.Device.Queue(3);
        while (queue.Take() is not null)
        {
        }

        return
        [
            .. queue.Held.Select(request => request.Read()).Select(bytes => (
                BinaryPrimitives.ReadUInt32LittleEndian(bytes),
                (int)BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(4)),
                (int)BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(6)))),
        ];
    }
}

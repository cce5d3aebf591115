using System;
using System.Buffers.Binary;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Transport;

/// <summary>VirtIO 1.2, Virtio Over PCI Bus: capabilities and interrupts.</summary>
public sealed class PciTransportTests
{
    [Fact]
    public void A_device_is_reached_through_a_base_address_above_4_GiB()
    {
        using PlayedMachine machine = Machine();

        VirtioTransport transport = machine.Open();

        Assert.Equal(VirtioDeviceType.Entropy, transport.Type);
        Assert.Equal("pci 02:04.1", transport.Place);
        Assert.Equal(2, transport.QueueLimit);
        Assert.False(machine.Configuration.DecodedWhileSized);
        Assert.Equal(6, machine.Function[4] & 6);
    }

    [Fact]
    public void The_first_usable_capability_of_a_kind_counts_and_reserved_ones_are_passed_over()
    {
        using PlayedMachine machine = Machine();
        machine.Function[0x34] = 0xA8;
        machine.WriteCapability(0xA8, 0xB8, 1, bar: 6, 0, 0x1000);
        machine.WriteCapability(0xB8, 0xC8, 200, bar: 4, 0, 0x1000);
        machine.WriteCapability(0xC8, 0xD8, 1, bar: 4, 0, 0x1000, length: 15);
        machine.WriteCapability(0xD8, 0x40, 1, bar: 4, 0x7FF0, 0x100);

        // Behind the first common configuration: another one at a place where there is none.
        machine.WriteCapability(0x78, 0xE8, 4, 4, FakePciRegisters.ConfigStart, 4, length: 40);
        machine.WriteCapability(0xE8, 0x90, 1, 4, FakePciRegisters.ConfigStart, 0x100);

        Assert.Equal(2, machine.Open().QueueLimit);
    }

    [Theory]
    [InlineData(0x40)]
    [InlineData(0x54)]
    [InlineData(0x68)]
    public void A_device_without_one_of_its_registers_is_declined(int capability)
    {
        using PlayedMachine machine = Machine();
        machine.Function[capability + 4] = 5;

        Assert.Equal(VirtioStatus.NotAccessible, machine.TryOpen(out VirtioTransport? transport));
        Assert.Null(transport);
    }

    [Fact]
    public void A_device_without_modern_capabilities_is_declined_as_of_before()
    {
        using PlayedMachine machine = Machine();
        machine.Function[0x40 + 3] = 99;
        Assert.Equal(VirtioStatus.LegacyOnly, machine.TryOpen(out _));
        machine.Function[6] = 0;
        Assert.Equal(VirtioStatus.LegacyOnly, machine.TryOpen(out _));
    }

    [Fact]
    public void Capabilities_in_a_circle_end()
    {
        using PlayedMachine machine = Machine();
        machine.Function[0x79] = 0x40;

        Assert.Equal(VirtioStatus.Ok, machine.TryOpen(out _));
    }

    [Fact]
    public void A_device_that_is_gone_is_told()
    {
        using PlayedMachine machine = Machine();
        machine.Device.IsGone = true;

        Assert.Equal(VirtioStatus.Gone, machine.TryOpen(out _));
    }

    [Fact]
    public void Each_queue_has_a_message_of_its_own_to_its_core()
    {
        using PlayedMachine machine = Machine();
        VirtioDevice device = Begin(machine);

        Assert.Equal(VirtioStatus.Ok, device.AddQueue(0, 3, 0, out DeviceVirtqueue? first));
        Assert.Equal(VirtioStatus.Ok, device.AddQueue(1, 5, 0, out DeviceVirtqueue? second));

        Assert.False(first!.NeedsSecondLook);
        Assert.False(second!.NeedsSecondLook);
        Assert.Equal((0, 1), (machine.PciRegisters!.VectorOf(0), machine.PciRegisters.VectorOf(1)));
        Assert.Equal((0xFEE03000u, 0u, 0xF0u, 0u), Entry(machine, 0));
        Assert.Equal((0xFEE05000u, 0u, 0xF0u, 0u), Entry(machine, 1));
        Assert.Equal(1u, Entry(machine, 2).Control);
        Assert.Equal(0x8007, BinaryPrimitives.ReadUInt16LittleEndian(machine.Function.AsSpan(0x92)));
    }

    [Fact]
    public void A_device_that_has_no_vector_left_is_looked_at()
    {
        using PlayedMachine machine = Machine();
        machine.PciRegisters!.Vectors = 1;
        VirtioDevice device = Begin(machine);

        Assert.Equal(VirtioStatus.Ok, device.AddQueue(0, 0, 0, out DeviceVirtqueue? first));
        Assert.Equal(VirtioStatus.Ok, device.AddQueue(1, 0, 0, out DeviceVirtqueue? second));

        Assert.False(first!.NeedsSecondLook);
        Assert.True(second!.NeedsSecondLook);
    }

    [Theory]
    [InlineData(0x7FF0u)]
    [InlineData(0xFFFF_FFF0u)]
    public void A_table_of_messages_beyond_its_base_address_is_not_used_but_the_pin_is(uint start)
    {
        using PlayedMachine machine = Machine();
        BinaryPrimitives.WriteUInt32LittleEndian(machine.Function.AsSpan(0x94), start | 4);
        VirtioDevice device = Begin(machine);

        Assert.Equal(VirtioStatus.Ok, device.AddQueue(0, 1, 0, out DeviceVirtqueue? queue));

        Assert.True(queue!.NeedsSecondLook);
        Assert.Equal([(11u, 1)], machine.WakeUps.Connected);
        queue.RequestWakeUp();
        Assert.Equal(1, machine.Device.Acknowledged);
    }

    [Fact]
    public void A_table_of_messages_right_behind_its_base_address_is_another_devices()
    {
        using PlayedMachine machine = Machine();
        machine.Configuration.SetBar(PlayedMachine.Address, 4, 4, 0xFFFF_C004);
        VirtioDevice device = Begin(machine);

        Assert.Equal(VirtioStatus.Ok, device.AddQueue(0, 1, 0, out DeviceVirtqueue? queue));

        Assert.True(queue!.NeedsSecondLook);
        Assert.Equal((0u, 0u, 0u, 0u), Entry(machine, 0));
    }

    [Fact]
    public void A_notification_beyond_its_registers_is_never_written()
    {
        using PlayedMachine machine = Machine();
        BinaryPrimitives.WriteUInt32LittleEndian(machine.Function.AsSpan(0x54 + 16), 0xFFFE);
        VirtioDevice device = Begin(machine);

        Assert.Equal(VirtioStatus.QueueRefused, device.AddQueue(1, 0, 0, out _));
    }

    private static PlayedMachine Machine() => new(true, memory => new FakeDevice(memory, 8, 8));

    private static VirtioDevice Begin(PlayedMachine machine)
    {
        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out VirtioDevice? device));
        return device!;
    }

    private static (uint Low, uint High, uint Data, uint Control) Entry(PlayedMachine machine, int vector)
    {
        ReadOnlySpan<byte> entry = machine.PciRegisters!.Messages.AsSpan(vector * 16, 16);
        return (
            BinaryPrimitives.ReadUInt32LittleEndian(entry),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]));
    }
}

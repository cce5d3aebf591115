using ToroCosmos.Acpi;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Transport;

/// <summary>VirtIO 1.2, Virtio Over MMIO.</summary>
public sealed class MmioTransportTests
{
    [Theory]
    [InlineData(MmioRegisters.MagicValue, 2, VirtioDeviceType.Block, VirtioStatus.Ok)]
    [InlineData(MmioRegisters.MagicValue, 2, VirtioDeviceType.None, VirtioStatus.Empty)]
    [InlineData(MmioRegisters.MagicValue, 1, VirtioDeviceType.None, VirtioStatus.Empty)]
    [InlineData(MmioRegisters.MagicValue, 1, VirtioDeviceType.Block, VirtioStatus.LegacyOnly)]
    [InlineData(MmioRegisters.MagicValue, 3, VirtioDeviceType.Block, VirtioStatus.NotAccessible)]
    [InlineData(MmioRegisters.MagicValue + 1, 2, VirtioDeviceType.Block, VirtioStatus.NotAccessible)]
    public void Magic_version_and_type_decide(uint magic, uint version, VirtioDeviceType type, VirtioStatus expected)
    {
        using FakeMemory memory = new();
        FakeDevice device = new(memory, 8) { Type = type };
        FakeDeviceSpace space = new FakeDeviceSpace().Put(0x1000, new FakeMmioRegisters(device) { Magic = magic, Version = version });

        Assert.Equal(expected, MmioTransport.Open(new MmioNode(0x1000, 0x200, true, 5), space, new FakeWakeUps(), out VirtioDeviceType told, out VirtioTransport? transport));

        Assert.Equal(expected == VirtioStatus.NotAccessible ? VirtioDeviceType.None : type, told);
        Assert.Equal(expected == VirtioStatus.Ok, transport is not null);
        Assert.Empty(device.Statuses);
    }

    [Theory]
    [InlineData(0x1000, 0xFF)]
    [InlineData(0x1002, 0x100)]
    [InlineData(0x9000, 0x200)]
    public void A_place_that_is_too_short_askew_or_no_registers_is_not_touched(ulong address, uint bytes)
    {
        using FakeMemory memory = new();
        FakeDeviceSpace space = new FakeDeviceSpace().Put(0x1000, new FakeMmioRegisters(new FakeDevice(memory, 8)));

        Assert.Equal(
            VirtioStatus.NotAccessible,
            MmioTransport.Open(new MmioNode(address, bytes, true, 5), space, new FakeWakeUps(), out _, out _));
    }

    [Fact]
    public void Only_the_interrupts_that_are_known_are_acknowledged()
    {
        using PlayedMachine machine = new(false, memory => new FakeDevice(memory, 8));
        VirtioTransport transport = machine.Open();

        machine.MmioRegisters!.Claimed = 0xFFFF_FFFD;
        transport.AcknowledgeInterrupt();
        Assert.Equal(0xFFFF_FFFCu, machine.MmioRegisters.Claimed);
        transport.AcknowledgeInterrupt();
        Assert.Equal(1, machine.Device.Acknowledged);
    }

    [Fact]
    public void All_queues_wake_the_core_of_the_first_and_those_of_others_are_looked_at()
    {
        using PlayedMachine machine = new(false, memory => new FakeDevice(memory, 8, 8));
        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out VirtioDevice? device));

        Assert.Equal(VirtioStatus.Ok, device!.AddQueue(0, 2, 0, out DeviceVirtqueue? first));
        Assert.False(first!.NeedsSecondLook);
        Assert.Equal(VirtioStatus.Ok, device.AddQueue(1, 3, 0, out DeviceVirtqueue? second));

        Assert.Equal([(12u, 2)], machine.WakeUps.Connected);
        Assert.True(second!.NeedsSecondLook);
    }

    [Fact]
    public void A_device_whose_interrupt_leads_nowhere_is_looked_at()
    {
        using PlayedMachine machine = new(false, memory => new FakeDevice(memory, 8));
        machine.WakeUps.HasInputs = false;
        Assert.Equal(VirtioStatus.Ok, VirtioDevice.Begin(machine.Open(), machine.Host, 0, 0, out VirtioDevice? device));

        Assert.Equal(VirtioStatus.Ok, device!.AddQueue(0, 2, 0, out DeviceVirtqueue? queue));

        Assert.True(queue!.NeedsSecondLook);
    }
}

using System;
using System.Buffers.Binary;
using ToroCosmos.Acpi;
using ToroCosmos.Devices;
using ToroCosmos.Pci;
using ToroCosmos.Virtio.Fakes;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Pci;

/// <summary>PCI Express 5.0, Enhanced Configuration Access Mechanism; the MCFG that says where.</summary>
public sealed class MappedConfigurationTests
{
    [Fact]
    public void A_register_is_at_the_place_of_its_bus_device_and_function()
    {
        PlainRegisters buses = new(4 << 20);
        var configuration = new MappedConfiguration([new(0x8000_0000, 1, 2, 5)], new FakeDeviceSpace().Put(0x8020_0000, buses));
        var address = new PciAddress(1, 3, 31, 7);
        buses.Write32((1 << 20) + (31 << 15) + (7 << 12) + 0xABC, 0x1234_5678);

        Assert.Equal(0x1234_5678u, configuration.Read32(address, 0xABC));
        Assert.Equal(0x1234, configuration.Read16(address, 0xABE));
        Assert.Equal(0x56, configuration.Read8(address, 0xABD));
        configuration.Write16(address, 0xABE, 0x4321);
        Assert.Equal(0x4321_5678u, configuration.Read32(address, 0xABC));
        configuration.Write32(address, 0xFFC, 9);
        Assert.Equal(9u, buses.Read32((1 << 20) + (31 << 15) + (7 << 12) + 0xFFC));
        Assert.Equal(4096, configuration.BytesOf(address));
    }

    [Fact]
    public void What_lies_nowhere_reads_as_ones_and_is_asked_for_once()
    {
        var space = new FakeDeviceSpace();
        var configuration = new MappedConfiguration([new(0x8000_0000, 0, 0, 255)], space);
        var address = new PciAddress(0, 3, 0, 0);

        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(uint.MaxValue, configuration.Read32(address, 0));
            configuration.Write32(address, 0, 1);
        }

        Assert.Equal(1, space.Maps);
        Assert.Equal(uint.MaxValue, configuration.Read32(address, 4096));
        Assert.Equal(uint.MaxValue, configuration.Read32(address, -4));
        Assert.Equal(uint.MaxValue, configuration.Read32(new PciAddress(9, 0, 0, 0), 0));
        Assert.Equal(0, configuration.BytesOf(address));
    }

    [Fact]
    public void Ranges_that_make_no_sense_are_left_out()
    {
        byte[] table = new byte[44 + (16 * 6) + 7];
        Entry(table, 0, 0xB000_0000, 0, 0, 255);
        Entry(table, 1, 0, 0, 0, 255);
        Entry(table, 2, 0xB000_1000, 0, 0, 255);
        Entry(table, 3, 0xB000_0000, 0, 9, 8);
        Entry(table, 4, 0xFFFF_FFFF_FFF0_0000, 0, 0, 0);
        Entry(table, 5, 0x38_0000_0000, 3, 1, 1);

        Assert.Equal(AcpiStatus.Ok, Mcfg.Parse(table, out ConfigurationRange[] ranges));
        Assert.Equal([new(0xB000_0000, 0, 0, 255), new(0x38_0000_0000, 3, 1, 1)], ranges);
        Assert.Equal(AcpiStatus.BadLength, Mcfg.Parse(new byte[43], out ranges));
        Assert.Empty(ranges);
    }

    private static void Entry(byte[] table, int index, ulong address, ushort segment, byte first, byte last)
    {
        Span<byte> entry = table.AsSpan(44 + (16 * index), 16);
        BinaryPrimitives.WriteUInt64LittleEndian(entry, address);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[8..], segment);
        entry[10] = first;
        entry[11] = last;
    }

    private sealed class PlainRegisters(uint bytes) : RegisterBlock(bytes)
    {
        private readonly byte[] _bytes = new byte[bytes];

        public override byte Read8(uint offset) => _bytes[offset];

        public override ushort Read16(uint offset) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan((int)offset));

        public override uint Read32(uint offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan((int)offset));

        public override void Write8(uint offset, byte value) => _bytes[offset] = value;

        public override void Write16(uint offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan((int)offset), value);

        public override void Write32(uint offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan((int)offset), value);
    }
}

using System;
using ToroCosmos.Pci;
using ToroCosmos.Virtio.Fakes;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Pci;

/// <summary>PCI Local Bus 3.0, Base Addresses.</summary>
public sealed class PciBarTests
{
    private static readonly PciAddress s_address = new(0, 0, 3, 0);

    [Theory]
    [InlineData(0xFEB0_0000u, 0xFFFF_FFF0u, 0xFEB0_0000u, 16)]
    [InlineData(0xFEB0_0008u, 0xFFFF_F008u, 0xFEB0_0000u, 4096)]
    [InlineData(0x8000_0000u, 0x8000_0000u, 0x8000_0000u, 1u << 31)]
    public void One_of_32_bits_has_the_size_whose_bits_do_not_stick(uint value, uint sizing, uint address, uint bytes)
    {
        FakeConfiguration machine = Machine();
        machine.SetBar(s_address, 2, value, sizing);
        byte[] before = [.. machine.At(s_address)];

        Assert.Equal(PciBarStatus.Ok, Read(machine, 2, out PciBar bar));

        Assert.Equal(new PciBar(address, bytes), bar);
        Assert.Equal(before, machine.At(s_address));
        Assert.False(machine.DecodedWhileSized);
    }

    [Theory]
    [InlineData(0x0000_0004u, 0x38u, 0xFFFF_C004u, 0xFFFF_FFFFu, 0x38_0000_0000ul, 16384ul)]
    [InlineData(0x0000_000Cu, 0x100u, 0x0000_000Cu, 0xFFFF_FF00u, 0x100_0000_0000ul, 1ul << 40)]
    [InlineData(0x0000_000Cu, 0x80u, 0x0000_000Cu, 0xFFFF_FFFEu, 0x80_0000_0000ul, 1ul << 33)]
    [InlineData(0xC000_0004u, 0u, 0xFFFF_F004u, 0xFFFF_FFFFu, 0xC000_0000ul, 4096ul)]
    public void One_of_64_bits_is_of_any_size_and_at_any_address(
        uint low, uint high, uint lowSizing, uint highSizing, ulong address, ulong bytes)
    {
        FakeConfiguration machine = Machine();
        machine.SetBar(s_address, 4, low, lowSizing);
        machine.SetBar(s_address, 5, high, highSizing);

        Assert.Equal(PciBarStatus.Ok, Read(machine, 4, out PciBar bar));
        Assert.Equal(new PciBar(address, bytes), bar);
    }

    [Theory]
    [InlineData(0, 0xC001u, 0xFFFF_FFE1u, PciBarStatus.IsPorts)]
    [InlineData(0, 0u, 0u, PciBarStatus.NoSuchBar)]
    [InlineData(0, 0u, 0xFFFF_F000u, PciBarStatus.NoAddress)]
    [InlineData(0, 0xFEB0_0002u, 0xFFFF_F002u, PciBarStatus.Malformed)]
    [InlineData(0, 0xFEB0_0006u, 0xFFFF_F006u, PciBarStatus.Malformed)]
    [InlineData(5, 0xFEB0_0004u, 0xFFFF_F004u, PciBarStatus.Malformed)]
    [InlineData(0, 0xFEB0_0800u, 0xFFFF_F000u, PciBarStatus.Malformed)]
    [InlineData(0, 0xFEB0_0000u, 0xFFFF_0FF0u, PciBarStatus.Malformed)]
    [InlineData(6, 0xFEB0_0000u, 0xFFFF_F000u, PciBarStatus.NoSuchBar)]
    [InlineData(-1, 0xFEB0_0000u, 0xFFFF_F000u, PciBarStatus.NoSuchBar)]
    public void What_is_no_memory_is_told(int index, uint value, uint sizing, PciBarStatus expected)
    {
        FakeConfiguration machine = Machine();
        machine.SetBar(s_address, index, value, sizing);

        Assert.Equal(expected, Read(machine, index, out PciBar bar));
        Assert.Equal(default, bar);
    }

    [Fact]
    public void Whatever_sticks_a_base_address_is_a_whole_number_of_its_size_or_refused()
    {
        Random random = new(3);
        int found = 0;
        for (int i = 0; i < 20_000; i++)
        {
            FakeConfiguration machine = Machine();
            machine.SetBar(s_address, 0, Bits(random), Bits(random));
            machine.SetBar(s_address, 1, Bits(random), Bits(random));
            if (Read(machine, 0, out PciBar bar) != PciBarStatus.Ok)
            {
                Assert.Equal(default, bar);
                continue;
            }

            found++;
            ulong offset = (ulong)random.NextInt64();
            ulong bytes = (ulong)random.NextInt64() >> random.Next(64);
            Assert.True(bar.Bytes >= 16 && (bar.Bytes & (bar.Bytes - 1)) == 0 && bar.Address % bar.Bytes == 0 && bar.Address != 0);
            Assert.True(!bar.Has(offset, bytes) || (bytes != 0 && offset + bytes <= bar.Bytes));
        }

        Assert.InRange(found, 100, 20_000);
    }

    /// <summary>A number that is often one of a base address: ones above, zeros below.</summary>
    private static uint Bits(Random random) => random.Next(4) switch
    {
        0 => (uint)random.NextInt64(uint.MaxValue),
        1 => 0,
        _ => (uint.MaxValue << random.Next(4, 32)) | (uint)(random.Next(2) * 4),
    };

    private static FakeConfiguration Machine()
    {
        var machine = new FakeConfiguration();
        machine.Add(s_address, 0x8086, 1)[4] = 7;
        return machine;
    }

    private static PciBarStatus Read(FakeConfiguration machine, int index, out PciBar bar) =>
        new PciFunction(machine, s_address).ReadBar(index, out bar);
}

using System;
using ToroCosmos.Acpi;
using Xunit;
using static ToroCosmos.Tests.Acpi.TableBuilder;

namespace ToroCosmos.Tests.Acpi;

public sealed class RootTableTests
{
    private const uint RootPointerAddress = 0x7000;
    private const uint Rsdt = 0x10000;
    private const uint Xsdt = 0x20000;
    private const uint MadtAddress = 0x30000;

    [Fact]
    public void No_root_pointer_anywhere_is_said()
    {
        using var memory = new FakeMemory();
        Assert.Equal(AcpiStatus.NoRootPointer, AcpiTables.Find(memory, 0, out AcpiTables? tables));
        Assert.Null(tables);
    }

    [Theory]
    [InlineData(0x9FC00)]
    [InlineData(0x9FFE0)]
    [InlineData(0xE0000)]
    [InlineData(0xF59D0)]
    public void The_root_pointer_is_found_in_the_BIOS_areas(uint address)
    {
        using FakeMemory memory = Machine().Put(0x40E, [0xC0, 0x9F]).Put(address, FirstRootPointer(Rsdt));
        Assert.Equal(AcpiStatus.Ok, Find(memory, 0));
    }

    [Fact]
    public void A_root_pointer_that_the_boot_protocol_names_is_preferred()
    {
        using FakeMemory memory = Machine()
            .Put(0xE0000, FirstRootPointer(0xDEAD0))
            .Put(RootPointerAddress, FirstRootPointer(Rsdt));
        Assert.Equal(AcpiStatus.Ok, Find(memory, RootPointerAddress));
    }

    [Fact]
    public void The_BIOS_areas_are_searched_when_the_boot_protocol_names_nonsense()
    {
        using FakeMemory memory = Machine().Put(RootPointerAddress, new byte[64]).Put(0xE0000, FirstRootPointer(Rsdt));
        Assert.Equal(AcpiStatus.Ok, Find(memory, RootPointerAddress));
    }

    [Fact]
    public void A_root_pointer_with_a_wrong_checksum_is_said()
    {
        byte[] pointer = FirstRootPointer(Rsdt);
        pointer[16]++;
        using FakeMemory memory = Machine().Put(0xE0000, pointer);
        Assert.Equal(AcpiStatus.BadRootPointer, Find(memory, 0));
    }

    [Fact]
    public void A_second_revision_needs_its_second_checksum()
    {
        byte[] pointer = SecondRootPointer(Rsdt, Xsdt);
        pointer[24]++;
        using FakeMemory memory = Machine().Put(RootPointerAddress, pointer);
        Assert.Equal(AcpiStatus.BadRootPointer, Find(memory, RootPointerAddress));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(20u)]
    [InlineData(35u)]
    [InlineData(37u)]
    [InlineData(uint.MaxValue)]
    public void A_second_revision_with_an_impossible_length_is_said(uint length)
    {
        using FakeMemory memory = Machine().Put(RootPointerAddress, SecondRootPointer(Rsdt, Xsdt, length));
        Assert.Equal(AcpiStatus.BadRootPointer, Find(memory, RootPointerAddress));
    }

    [Fact]
    public void The_XSDT_is_read_where_there_is_one()
    {
        using FakeMemory memory = Machine()
            .Put(RootPointerAddress, SecondRootPointer(0, Xsdt))
            .Put(Xsdt, Table("XSDT", U64(0), U64(0xFFFF_FFFF_FFFF_FFF0), U64(MadtAddress)));
        Assert.Equal(AcpiStatus.Ok, Find(memory, RootPointerAddress));
    }

    [Fact]
    public void The_RSDT_serves_when_the_XSDT_is_broken()
    {
        byte[] xsdt = Table("XSDT", U64(MadtAddress));
        xsdt[40]++;
        using FakeMemory memory = Machine().Put(RootPointerAddress, SecondRootPointer(Rsdt, Xsdt)).Put(Xsdt, xsdt);
        Assert.Equal(AcpiStatus.Ok, Find(memory, RootPointerAddress));
    }

    [Theory]
    [InlineData(0u, AcpiStatus.BadLength)]
    [InlineData(35u, AcpiStatus.BadLength)]
    [InlineData(0x400001u, AcpiStatus.BadLength)]
    [InlineData(uint.MaxValue, AcpiStatus.BadLength)]
    [InlineData(0x400000u, AcpiStatus.NotMapped)]
    [InlineData(41u, AcpiStatus.NotMapped)]
    [InlineData(38u, AcpiStatus.BadChecksum)]
    public void A_root_table_that_lies_about_its_length_is_said(uint length, AcpiStatus expected)
    {
        byte[] rsdt = Table("RSDT", U32(MadtAddress));
        U32(length).CopyTo(rsdt, 4);
        using FakeMemory memory = new FakeMemory()
            .Put(RootPointerAddress, FirstRootPointer(Rsdt))
            .Put(Rsdt, Sealed(rsdt, 9));
        Assert.Equal(expected, AcpiTables.Find(memory, RootPointerAddress, out _));
    }

    [Fact]
    public void A_root_pointer_to_something_else_is_said()
    {
        using FakeMemory memory = new FakeMemory()
            .Put(RootPointerAddress, FirstRootPointer(Rsdt))
            .Put(Rsdt, Table("SSDT"));
        Assert.Equal(AcpiStatus.WrongSignature, AcpiTables.Find(memory, RootPointerAddress, out _));
    }

    [Fact]
    public void Entries_that_point_nowhere_or_at_the_root_table_itself_are_passed_over()
    {
        using FakeMemory memory = new FakeMemory()
            .Put(RootPointerAddress, FirstRootPointer(Rsdt))
            .Put(Rsdt, Table("RSDT", U32(0), U32(0xFFFF_FFF0), U32(Rsdt), U32(RootPointerAddress), U32(MadtAddress)))
            .Put(MadtAddress, MadtOf(LocalApic(3)));
        Assert.Equal(AcpiStatus.Ok, Find(memory, RootPointerAddress));
    }

    [Fact]
    public void A_rest_of_an_entry_at_the_end_of_the_root_table_is_ignored()
    {
        using FakeMemory memory = new FakeMemory()
            .Put(RootPointerAddress, FirstRootPointer(Rsdt))
            .Put(Rsdt, Table("RSDT", U32(MadtAddress), [1, 2, 3]))
            .Put(MadtAddress, MadtOf(LocalApic(3)));
        Assert.Equal(AcpiStatus.Ok, Find(memory, RootPointerAddress));
    }

    [Fact]
    public void A_machine_without_the_table_is_said()
    {
        using FakeMemory memory = new FakeMemory().Put(RootPointerAddress, FirstRootPointer(Rsdt)).Put(Rsdt, Table("RSDT"));
        Assert.Equal(AcpiStatus.TableNotFound, Find(memory, RootPointerAddress));
    }

    [Fact]
    public void All_tables_of_a_signature_are_found_one_after_the_other()
    {
        using FakeMemory memory = new FakeMemory()
            .Put(RootPointerAddress, FirstRootPointer(Rsdt))
            .Put(Rsdt, Table("RSDT", U32(0x40000), U32(0x50000)))
            .Put(0x40000, Table("SSDT", [1]))
            .Put(0x50000, Table("SSDT", [2, 2]));
        Assert.Equal(AcpiStatus.Ok, AcpiTables.Find(memory, RootPointerAddress, out AcpiTables? tables));

        int place = 0;
        Assert.Equal(AcpiStatus.Ok, tables!.FindNext("SSDT"u8, ref place, out ReadOnlySpan<byte> first));
        Assert.Equal(37, first.Length);
        Assert.Equal(AcpiStatus.Ok, tables.FindNext("SSDT"u8, ref place, out ReadOnlySpan<byte> second));
        Assert.Equal(38, second.Length);
        Assert.Equal(AcpiStatus.TableNotFound, tables.FindNext("SSDT"u8, ref place, out _));
    }

    private static FakeMemory Machine() => new FakeMemory()
        .Put(Rsdt, Table("RSDT", U32(MadtAddress)))
        .Put(MadtAddress, MadtOf(LocalApic(0)));

    private static AcpiStatus Find(FakeMemory memory, ulong rootPointer)
    {
        AcpiStatus status = AcpiTables.Find(memory, rootPointer, out AcpiTables? tables);
        return status == AcpiStatus.Ok ? Madt.Read(tables!).Status : status;
    }
}

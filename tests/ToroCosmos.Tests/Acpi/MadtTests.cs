using System;
using System.Linq;
using ToroCosmos.Acpi;
using Xunit;
using static ToroCosmos.Tests.Acpi.TableBuilder;

namespace ToroCosmos.Tests.Acpi;

public sealed class MadtTests
{
    [Fact]
    public void Three_hundred_processors_with_x2APIC_ids_are_listed_in_order()
    {
        uint[] ids = [.. Enumerable.Range(0, 300).Select(i => (uint)((i / 3 * 4) + (i % 3)))];

        Madt madt = Parse(ids.Select(id => id < 255 ? LocalApic((byte)id) : LocalX2Apic(id)).ToArray());

        Assert.Equal(AcpiStatus.Ok, madt.Status);
        Assert.Equal(ids, Ids(madt));
        Assert.Equal(398u, madt.LargestApicId);
    }

    [Fact]
    public void Processors_that_are_not_enabled_are_left_out()
    {
        Madt madt = Parse(LocalApic(0), LocalApic(1, 0), LocalApic(2, 2), LocalX2Apic(300, 2), LocalX2Apic(301), LocalApic(3, 3));

        Assert.Equal([0u, 301u, 3u], Ids(madt));
        Assert.Equal(2, madt.OnlineCapableCount);
    }

    [Fact]
    public void A_processor_listed_twice_counts_once()
    {
        Madt madt = Parse(LocalApic(0), LocalApic(1), LocalX2Apic(1), LocalApic(0));

        Assert.Equal(AcpiStatus.Ok, madt.Status);
        Assert.Equal([0u, 1u], Ids(madt));
        Assert.Equal(2, madt.DuplicateCount);
    }

    [Fact]
    public void Broadcast_addresses_are_no_processors()
    {
        Assert.Equal([0u], Ids(Parse(LocalApic(0xFF), LocalApic(0), LocalX2Apic(uint.MaxValue))));
    }

    [Fact]
    public void The_address_override_is_taken()
    {
        Assert.Equal(0x1_2345_6000UL, Parse(LocalApic(0), AddressOverride(0x1_2345_6000)).LocalApicAddress);
    }

    [Fact]
    public void Entries_of_other_types_are_skipped()
    {
        Madt madt = Parse([1, 12, 0, 0, 0, 0, 0xC0, 0xFE, 0, 0, 0, 0], LocalApic(4), [0x7F, 2], [0x80, 5, 1, 2, 3], LocalApic(5));

        Assert.Equal(AcpiStatus.Ok, madt.Status);
        Assert.Equal([4u, 5u], Ids(madt));
    }

    [Fact]
    public void No_processor_enabled_is_said()
    {
        Assert.Equal(AcpiStatus.NoProcessor, Parse(LocalApic(0, 0), LocalApic(1, 2)).Status);
        Assert.Equal(AcpiStatus.NoProcessor, Parse().Status);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 7)]
    [InlineData(5, 11)]
    [InlineData(9, 15)]
    [InlineData(0x55, 0)]
    [InlineData(0x55, 1)]
    public void An_entry_too_short_for_its_type_stops_the_reading_and_keeps_what_was_valid(byte type, byte length)
    {
        byte[] broken = new byte[16];
        broken[0] = type;
        broken[1] = length;

        Madt madt = Parse(LocalApic(6), broken, LocalApic(7));

        Assert.Equal(AcpiStatus.EntryTooShort, madt.Status);
        Assert.Equal([6u], Ids(madt));
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 8 })]
    [InlineData(new byte[] { 0, 8, 0, 7, 1, 0, 0 })]
    [InlineData(new byte[] { 0, 9, 0, 7, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 0x33, 255, 0 })]
    public void An_entry_beyond_the_end_stops_the_reading_and_keeps_what_was_valid(byte[] last)
    {
        Madt madt = Parse(LocalApic(6), last);

        Assert.Equal(AcpiStatus.EntryOverrun, madt.Status);
        Assert.Equal([6u], Ids(madt));
    }

    [Fact]
    public void A_table_without_its_fixed_fields_is_said()
    {
        Assert.Equal(AcpiStatus.BadLength, Madt.Parse(Table("APIC", [1, 2, 3, 4, 5, 6, 7])).Status);
    }

    [Fact]
    public void More_processors_than_can_be_used_are_said_and_the_first_ones_kept()
    {
        Madt madt = Parse(Enumerable.Range(0, Madt.MaximumProcessors + 1).Select(i => LocalX2Apic((uint)i)).ToArray());

        Assert.Equal(AcpiStatus.TooManyProcessors, madt.Status);
        Assert.Equal(Madt.MaximumProcessors, madt.ProcessorCount);
    }

    [Fact]
    public void A_real_table_cut_anywhere_keeps_a_prefix_of_its_processors()
    {
        byte[] whole = MadtOf([.. Enumerable.Range(0, 6).Select(i => LocalApic((byte)i))]);
        for (int length = 0; length < whole.Length; length++)
        {
            using var cut = new GuardedBytes(whole.AsSpan(0, length));
            Madt madt = Madt.Parse(cut.Span);
            Assert.Equal(Enumerable.Range(0, madt.ProcessorCount).Select(i => (uint)i), Ids(madt));
            Assert.Equal(length < 44 ? 0 : (length - 44) / 8, madt.ProcessorCount);
        }
    }

    private static Madt Parse(params byte[][] entries)
    {
        using var guarded = new GuardedBytes(MadtOf(entries));
        return Madt.Parse(guarded.Span);
    }

    private static uint[] Ids(Madt madt) => [.. Enumerable.Range(0, madt.ProcessorCount).Select(madt.ApicId)];
}

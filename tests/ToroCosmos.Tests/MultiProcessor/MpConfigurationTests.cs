using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using ToroCosmos.MultiProcessor;
using ToroCosmos.Tests.Acpi;
using Xunit;
using static ToroCosmos.Tests.Acpi.TableBuilder;
using static ToroCosmos.Tests.MultiProcessor.MpTables;

namespace ToroCosmos.Tests.MultiProcessor;

public sealed class MpConfigurationTests
{
    [Theory]
    [InlineData("pc-mp-3", new uint[] { 0 })]
    [InlineData("pc-mp-sparse-6", new uint[] { 0, 4 })]
    [InlineData("microvm-mp-3", new uint[] { 0, 1, 2 })]
    public void Every_processor_that_real_firmware_lists_is_found(string machine, uint[] apicIds)
    {
        using FakeMemory memory = FakeMemory.OfMachine(machine);

        MpConfiguration configuration = MpConfiguration.Read(memory);

        Assert.Equal(MpStatus.Ok, configuration.Status);
        Assert.Equal(apicIds, Ids(configuration));
        Assert.Equal(apicIds.Max(), configuration.Processors.LargestApicId);
    }

    [Theory]
    [InlineData(0x9FC00, 0x9FC0, 639)]
    [InlineData(0x80010, 0x8000, 512)]
    [InlineData(0x803F0, 0x8000, 640)]
    [InlineData(0x7FC00, 0, 512)]
    [InlineData(0x9FC00, 0, 0)]
    [InlineData(0x9FFF0, 0, 0)]
    [InlineData(0xF0000, 0, 640)]
    [InlineData(0xFFFF0, 0x9FC0, 639)]
    public void The_pointer_is_found_in_each_of_its_places(uint address, ushort extendedSegment, ushort baseKilobytes)
    {
        using FakeMemory memory = Machine(
            address, FloatingPointer(), Configuration(Processor(0, 3), Processor(1)), extendedSegment, baseKilobytes);

        Assert.Equal([0u, 1u], Ids(MpConfiguration.Read(memory)));
    }

    [Theory]
    [InlineData(0x80400, 0x8000, 640)]
    [InlineData(0xF0008, 0, 640)]
    [InlineData(0xEFFF0, 0, 640)]
    [InlineData(0x9FBF0, 0, 640)]
    public void A_pointer_elsewhere_is_none(uint address, ushort extendedSegment, ushort baseKilobytes)
    {
        using FakeMemory memory = Machine(
            address, FloatingPointer(), Configuration(Processor(0)), extendedSegment, baseKilobytes);

        Assert.Equal(MpStatus.NoPointer, MpConfiguration.Read(memory).Status);
    }

    [Fact]
    public void A_broken_pointer_does_not_hide_a_sound_one()
    {
        byte[] broken = FloatingPointer(0x30000);
        broken[4] ^= 1;
        using FakeMemory memory = Machine(ExtendedArea, broken, Configuration(Processor(5)), 0x9FC0)
            .Put(0xF1000, broken).Put(0xF1010, FloatingPointer());

        Assert.Equal([5u], Ids(MpConfiguration.Read(memory)));
    }

    [Theory]
    [InlineData(0, (byte)0, (byte)1)]
    [InlineData(0x20000, (byte)8, (byte)1)]
    [InlineData(0x20000, (byte)0xFF, (byte)1)]
    [InlineData(0x20000, (byte)0, (byte)0)]
    [InlineData(0x20000, (byte)0, (byte)2)]
    public void A_pointer_to_nothing_or_of_an_unknown_kind_is_said(uint table, byte configuration, byte length)
    {
        using FakeMemory memory = Machine(0xF0000, FloatingPointer(table, configuration, length), Configuration(Processor(0)));

        Assert.Equal(MpStatus.BadPointer, MpConfiguration.Read(memory).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void A_default_configuration_has_two_processors_and_needs_no_table(byte configuration)
    {
        using FakeMemory memory = Machine(0xF0000, FloatingPointer(0, configuration));

        MpConfiguration read = MpConfiguration.Read(memory);

        Assert.Equal(MpStatus.Ok, read.Status);
        Assert.Equal([0u, 1u], Ids(read));
    }

    [Fact]
    public void Disabled_processors_duplicates_and_the_broadcast_address_are_left_out()
    {
        MpConfiguration read = Parse(Processor(3, 3), Processor(1, 0), Processor(2, 2), Processor(3), Processor(0xFF), Processor(9));

        Assert.Equal(MpStatus.Ok, read.Status);
        Assert.Equal([3u, 9u], Ids(read));
        Assert.Equal(1, read.Processors.DuplicateCount);
    }

    [Fact]
    public void The_boot_processors_flag_changes_nothing_not_even_when_several_have_it()
    {
        Assert.Equal([0u, 1u, 2u], Ids(Parse(Processor(0, 1), Processor(1, 3), Processor(2, 3))));
    }

    [Fact]
    public void Entries_of_other_types_are_skipped()
    {
        MpConfiguration read = Parse(Processor(0), Other(1), Other(2), Processor(1), Other(3), Other(4));

        Assert.Equal(MpStatus.Ok, read.Status);
        Assert.Equal([0u, 1u], Ids(read));
    }

    [Fact]
    public void Extended_entries_behind_the_table_are_not_read()
    {
        byte[] table = [.. Configuration(Processor(0), Processor(1)), .. Processor(7), 128, 20];
        using FakeMemory memory = Machine(0xF0000, FloatingPointer(), table);

        MpConfiguration read = MpConfiguration.Read(memory);

        Assert.Equal(MpStatus.Ok, read.Status);
        Assert.Equal([0u, 1u], Ids(read));
    }

    [Fact]
    public void A_table_with_a_wrong_number_of_entries_is_read_to_its_end()
    {
        foreach (byte count in (byte[])[0, 1, 255])
        {
            byte[] table = Configuration(Processor(0), Processor(1), Other(1));
            table[34] = count;
            using FakeMemory memory = Machine(0xF0000, FloatingPointer(), Sealed(table, 7));

            Assert.Equal([0u, 1u], Ids(MpConfiguration.Read(memory)));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void An_entry_of_an_unknown_type_stops_the_reading_and_keeps_what_was_valid(byte type)
    {
        MpConfiguration read = Parse(Processor(6), Other(type), Processor(7));

        Assert.Equal(MpStatus.UnknownEntry, read.Status);
        Assert.Equal([6u], Ids(read));
    }

    [Fact]
    public void A_table_cut_anywhere_keeps_a_prefix_of_its_processors()
    {
        byte[] whole = Configuration([.. Enumerable.Range(0, 6).Select(i => Processor((byte)i))]);
        for (int length = 0; length < whole.Length; length++)
        {
            using var cut = new GuardedBytes(whole.AsSpan(0, length));
            MpConfiguration read = MpConfiguration.Parse(cut.Span);
            int complete = length < 44 ? 0 : (length - 44) / 20;
            Assert.Equal(Enumerable.Range(0, complete).Select(i => (uint)i), Ids(read));
            Assert.Equal(
                length < 44 ? MpStatus.BadLength : (length - 44) % 20 != 0 ? MpStatus.EntryOverrun : complete == 0 ? MpStatus.NoProcessor : MpStatus.Ok,
                read.Status);
        }
    }

    [Fact]
    public void What_is_wrong_with_the_table_is_said()
    {
        byte[] sound = Configuration(Processor(0));
        AssertStatus(MpStatus.NotMapped, null);
        AssertStatus(MpStatus.NotMapped, sound[..^1]);
        AssertStatus(MpStatus.WrongSignature, [(byte)'p', .. sound[1..]]);
        AssertStatus(MpStatus.BadLength, [.. sound[..4], 43, 0, .. sound[6..]]);
        AssertStatus(MpStatus.BadChecksum, [.. sound[..^1], 1]);
        AssertStatus(MpStatus.NoProcessor, Configuration(Processor(0, 2), Other(2)));
        AssertStatus(MpStatus.NoProcessor, Configuration());
    }

    [Fact]
    public void A_machine_without_the_tables_is_said()
    {
        using var memory = new FakeMemory();
        MpConfiguration read = MpConfiguration.Read(memory);
        Assert.Equal(MpStatus.NoPointer, read.Status);
        Assert.Equal(0, read.Processors.Count);
    }

    [Fact]
    public void Random_entries_never_lead_outside_the_table() => ForAnyBytes(bytes =>
    {
        using FakeMemory memory = Machine(0xF0000, FloatingPointer(), Configuration(bytes));
        return MpConfiguration.Read(memory).Processors.Count <= bytes.Length / 20;
    });

    [Fact]
    public void Random_bytes_are_never_read_beyond() => ForAnyBytes(bytes =>
    {
        using var table = new GuardedBytes(bytes);
        using FakeMemory memory = Machine(0xF0000, [.. "_MP_"u8, .. bytes], bytes, (ushort)bytes.Length, (ushort)bytes.Length);
        return MpConfiguration.Parse(table.Span).Processors.Count <= bytes.Length / 20
            && MpConfiguration.Read(memory).Status != MpStatus.Ok;
    });

    private static void AssertStatus(MpStatus status, byte[]? table)
    {
        using FakeMemory memory = Machine(0xF0000, FloatingPointer(), table);
        Assert.Equal(status, MpConfiguration.Read(memory).Status);
    }

    private static MpConfiguration Parse(params byte[][] entries)
    {
        using FakeMemory memory = Machine(0xF0000, FloatingPointer(), Configuration(entries));
        return MpConfiguration.Read(memory);
    }

    private static uint[] Ids(MpConfiguration configuration) =>
        [.. Enumerable.Range(0, configuration.Processors.Count).Select(configuration.Processors.ApicId)];

    private static void ForAnyBytes(Func<byte[], bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), holds));
}

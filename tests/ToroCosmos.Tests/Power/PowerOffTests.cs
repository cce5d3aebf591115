using ToroCosmos.Acpi;
using ToroCosmos.Power;
using ToroCosmos.Tests.Acpi;
using Xunit;
using static ToroCosmos.Tests.Acpi.TableBuilder;

namespace ToroCosmos.Tests.Power;

public sealed class PowerOffTests
{
    private const uint RootPointerAddress = 0x7000;
    private const uint Rsdt = 0x10000;
    private const uint FadtAddress = 0x20000;
    private const uint Dsdt = 0x30000;
    private const uint Ssdt = 0x40000;

    [Theory]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 6, 4, 0, 0, 0, 0 }, 0, 0)]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 7, 4, 0x0A, 5, 1, 0, 0 }, 5, 1)]
    [InlineData(new byte[] { 0x08, (byte)'\\', (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 6, 2, 0x0A, 7, 0x0A, 6 }, 7, 6)]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 0x4B, 0, 2, 0x0B, 3, 0, 0x0C, 2, 0, 0, 0 }, 3, 2)]
    public void The_sleep_types_are_found_in_each_encoding(byte[] code, byte typeA, byte typeB)
    {
        using var guarded = new GuardedBytes([0x10, 0x20, .. code, 0x5B]);
        Assert.True(SleepPackage.TryFind(guarded.Span, out SleepPackage package));
        Assert.Equal(new SleepPackage(typeA, typeB), package);
    }

    [Theory]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_' })]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12 })]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 0xC6, 0 })]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 0, 4, 0, 0 })]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 0x3F, 4, 0, 0 })]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 3, 4, 0, 0 })]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 4, 1, 0, 0 })]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 4, 2, 0x0A, 5 })]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 6, 2, 0x0A, 8, 0, 0 })]
    [InlineData(new byte[] { 0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x14, 6, 2, 0, 0, 0 })]
    [InlineData(new byte[] { 0x5B, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 6, 4, 0, 0, 0, 0 })]
    public void A_broken_package_is_not_taken(byte[] code)
    {
        using var guarded = new GuardedBytes(code);
        Assert.False(SleepPackage.TryFind(guarded.Span, out _));
    }

    [Fact]
    public void A_reference_to_the_name_before_the_package_does_not_hide_it()
    {
        byte[] code = [.. "\\_S5_"u8, 0x08, .. "_S5_"u8, 0x12, 6, 4, 1, 1, 0, 0];
        Assert.True(SleepPackage.TryFind(code, out SleepPackage package));
        Assert.Equal(new SleepPackage(1, 1), package);
    }

    [Fact]
    public void A_package_in_an_SSDT_serves()
    {
        byte[] package = [0x08, .. "_S5_"u8, 0x12, 6, 4, 1, 1, 0, 0];
        using FakeMemory memory = Machine(Fadt(0x604)).Put(Dsdt, Table("DSDT")).Put(Ssdt, Table("SSDT", package));
        Assert.Equal(AcpiStatus.Ok, PowerOffPlan.Read(Tables(memory), out PowerOffPlan plan));
        Assert.Equal(new SleepPackage(1, 1), plan.Types);
    }

    [Fact]
    public void A_machine_without_the_package_is_said()
    {
        using FakeMemory memory = Machine(Fadt(0x604)).Put(Dsdt, Table("DSDT")).Put(Ssdt, Table("SSDT"));
        Assert.Equal(AcpiStatus.NoSleepPackage, PowerOffPlan.Read(Tables(memory), out _));
    }

    [Fact]
    public void A_DSDT_that_is_not_there_is_said()
    {
        using FakeMemory memory = Machine(Fadt(0x604));
        Assert.Equal(AcpiStatus.NoSleepPackage, PowerOffPlan.Read(Tables(memory), out _));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x10000u)]
    public void A_machine_without_a_control_register_is_said(uint port)
    {
        using FakeMemory memory = Machine(Fadt(port));
        Assert.Equal(AcpiStatus.NoPowerRegister, PowerOffPlan.Read(Tables(memory), out _));
    }

    [Fact]
    public void A_hardware_reduced_table_too_short_for_its_registers_is_said()
    {
        byte[] fadt = Fadt(0x604);
        fadt[114] = 0x10;
        using FakeMemory memory = Machine(Sealed(fadt, 9));
        Assert.Equal(AcpiStatus.NoPowerRegister, PowerOffPlan.Read(Tables(memory), out _));
    }

    [Fact]
    public void A_FADT_without_its_first_fields_is_said()
    {
        using FakeMemory memory = Machine(Table("FACP", new byte[79]));
        Assert.Equal(AcpiStatus.BadLength, PowerOffPlan.Read(Tables(memory), out _));
    }

    [Fact]
    public void A_root_table_of_a_million_entries_costs_bounded_reading()
    {
        byte[] entries = new byte[(4 << 20) - 36];
        for (int i = 0; i < entries.Length; i += 4)
        {
            U32(Ssdt).CopyTo(entries, i);
        }

        U32(FadtAddress).CopyTo(entries, 0);
        byte[] broken = Table("SSDT", new byte[1 << 20]);
        broken[^1] = 1;
        foreach (byte[] ssdt in (byte[][])[Table("SSDT"), Table("SSDT", new byte[1 << 20]), broken])
        {
            using FakeMemory memory = new FakeMemory()
                .Put(RootPointerAddress, FirstRootPointer(Rsdt))
                .Put(FadtAddress, Fadt(0x604))
                .Put(Ssdt, ssdt)
                .Put(0x1000_0000, Table("RSDT", entries))
                .Put(RootPointerAddress + 0x100, FirstRootPointer(0x1000_0000));
            Assert.Equal(AcpiStatus.Ok, AcpiTables.Find(memory, RootPointerAddress + 0x100, out AcpiTables? tables));
            long before = memory.MappedBytes;
            int maps = memory.Maps;

            Assert.Equal(AcpiStatus.NoSleepPackage, PowerOffPlan.Read(tables!, out _));

            Assert.InRange(memory.Maps - maps, 1, 4 * AcpiTables.MaximumTables);
            Assert.InRange(memory.MappedBytes - before, 1, 20 << 20);
        }
    }

    [Fact]
    public void Every_SSDT_is_looked_at_once()
    {
        byte[] package = [0x08, .. "_S5_"u8, 0x12, 6, 4, 1, 1, 0, 0];
        uint[] ssdts = [0x40000, 0x50000, 0x60000, 0x70000];
        using FakeMemory memory = new FakeMemory()
            .Put(RootPointerAddress, FirstRootPointer(Rsdt))
            .Put(Rsdt, Table("RSDT", [U32(FadtAddress), .. System.Linq.Enumerable.Select(ssdts, U32)]))
            .Put(FadtAddress, Fadt(0x604))
            .Put(ssdts[0], Table("SSDT"))
            .Put(ssdts[1], Table("XXXX", package))
            .Put(ssdts[2], [.. "SSDT"u8, 1, 0, 0, 0, .. new byte[28]])
            .Put(ssdts[3], Table("SSDT", package));
        AcpiTables tables = Tables(memory);
        int before = memory.Maps;

        Assert.Equal(AcpiStatus.Ok, PowerOffPlan.Read(tables, out PowerOffPlan plan));

        Assert.Equal(new SleepPackage(1, 1), plan.Types);

        // The FADT's header twice and itself; the DSDT in vain; each entry's header, and again with the table where it fits.
        Assert.InRange(memory.Maps - before, 9, 16);
    }

    private static byte[] Fadt(uint pm1aControl)
    {
        byte[] fadt = Table("FACP", new byte[80]);
        U32(Dsdt).CopyTo(fadt, 40);
        U32(pm1aControl).CopyTo(fadt, 64);
        return Sealed(fadt, 9);
    }

    private static FakeMemory Machine(byte[] fadt) => new FakeMemory()
        .Put(RootPointerAddress, FirstRootPointer(Rsdt))
        .Put(Rsdt, Table("RSDT", U32(FadtAddress), U32(Ssdt)))
        .Put(FadtAddress, fadt);

    private static AcpiTables Tables(FakeMemory memory)
    {
        Assert.Equal(AcpiStatus.Ok, AcpiTables.Find(memory, RootPointerAddress, out AcpiTables? tables));
        return tables!;
    }
}

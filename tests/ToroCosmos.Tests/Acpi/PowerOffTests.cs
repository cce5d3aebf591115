using ToroCosmos.Acpi;
using Xunit;
using static ToroCosmos.Tests.Acpi.TableBuilder;

namespace ToroCosmos.Tests.Acpi;

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

using System;
using System.Linq;
using ToroCosmos.Acpi;
using ToroCosmos.Power;
using Xunit;

namespace ToroCosmos.Tests.Acpi;

/// <summary>Tables of real firmware: see Tables/README.md.</summary>
public sealed class MachineTablesTests
{
    [Theory]
    [InlineData("pc-3", new uint[] { 0, 1, 2 })]
    [InlineData("q35-3", new uint[] { 0, 1, 2 })]
    [InlineData("microvm-3", new uint[] { 0, 1, 2 })]
    [InlineData("pc-sparse-6", new uint[] { 0, 1, 2, 4, 5, 6 })]
    [InlineData("pc-hotplug", new uint[] { 0, 1 })]
    public void Every_enabled_processor_of_a_machine_is_listed(string machine, uint[] apicIds)
    {
        using FakeMemory memory = FakeMemory.OfMachine(machine);

        Madt madt = Madt.Read(Tables(memory));

        Assert.Equal(AcpiStatus.Ok, madt.Status);
        Assert.Equal(apicIds, Enumerable.Range(0, madt.ProcessorCount).Select(madt.ApicId));
        Assert.Equal(apicIds.Max(), madt.LargestApicId);
        Assert.Equal(0xFEE00000UL, madt.LocalApicAddress);
        Assert.Equal(0, madt.DuplicateCount);
    }

    [Theory]
    [InlineData("pc-3", 0x604)]
    [InlineData("q35-3", 0x604)]
    public void A_pc_is_turned_off_by_its_PM1_control_register(string machine, ulong port)
    {
        using FakeMemory memory = FakeMemory.OfMachine(machine);

        AcpiStatus status = PowerOffPlan.Read(Tables(memory), out PowerOffPlan plan);

        Assert.Equal(AcpiStatus.Ok, status);
        Assert.False(plan.Registers.IsHardwareReduced);
        Assert.Equal(new AcpiRegister(AcpiRegisterSpace.Port, port), plan.Registers.Pm1aControl);
        Assert.False(plan.Registers.Pm1bControl.Exists);
        Assert.Equal(new AcpiRegister(AcpiRegisterSpace.Port, 0xB2), plan.Registers.SmiCommand);
        Assert.Equal(new SleepPackage(0, 0), plan.Types);
    }

    [Fact]
    public void A_microvm_is_turned_off_by_its_sleep_control_register()
    {
        using FakeMemory memory = FakeMemory.OfMachine("microvm-3");

        AcpiStatus status = PowerOffPlan.Read(Tables(memory), out PowerOffPlan plan);

        Assert.Equal(AcpiStatus.Ok, status);
        Assert.True(plan.Registers.IsHardwareReduced);
        Assert.Equal(AcpiRegisterSpace.Memory, plan.Registers.SleepControl.Space);
        Assert.Equal(new SleepPackage(5, 0), plan.Types);
    }

    [Theory]
    [InlineData("pc-3")]
    [InlineData("microvm-3")]
    public void A_single_changed_byte_of_the_MADT_is_noticed(string machine)
    {
        using FakeMemory memory = FakeMemory.OfMachine(machine);
        AcpiTables tables = Tables(memory);
        Assert.Equal(AcpiStatus.Ok, tables.Find("APIC"u8, out ReadOnlySpan<byte> table));
        Corrupt(table, 50);

        Madt madt = Madt.Read(tables);

        Assert.Equal(AcpiStatus.BadChecksum, madt.Status);
        Assert.Equal(0, madt.ProcessorCount);
    }

    private static AcpiTables Tables(FakeMemory memory)
    {
        Assert.Equal(AcpiStatus.Ok, AcpiTables.Find(memory, 0, out AcpiTables? tables));
        return tables!;
    }

    private static unsafe void Corrupt(ReadOnlySpan<byte> table, int offset)
    {
        fixed (byte* start = table)
        {
            start[offset] ^= 0x10;
        }
    }
}

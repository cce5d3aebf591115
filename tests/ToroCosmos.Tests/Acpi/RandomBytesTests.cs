using System;
using FsCheck;
using FsCheck.Fluent;
using ToroCosmos.Acpi;
using ToroCosmos.Power;
using Xunit;
using static ToroCosmos.Tests.Acpi.TableBuilder;

namespace ToroCosmos.Tests.Acpi;

/// <summary>Whatever the firmware left, reading it neither throws nor leaves the table: its end is a guarded page.</summary>
public sealed class RandomBytesTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public void Random_entries_never_lead_outside_a_MADT() => ForAnyBytes(bytes =>
    {
        using var table = new GuardedBytes(MadtOf(bytes));
        Madt madt = Madt.Parse(table.Span);
        return madt.ProcessorCount <= bytes.Length / 8;
    });

    [Fact]
    public void Random_bytes_are_never_read_beyond_as_any_table() => ForAnyBytes(bytes =>
    {
        using var table = new GuardedBytes(bytes);
        _ = Madt.Parse(table.Span);
        _ = Fadt.Parse(table.Span, out _);
        return !SleepPackage.TryFind(table.Span, out SleepPackage package) || (package.TypeA <= 7 && package.TypeB <= 7);
    });

    [Fact]
    public void Random_bytes_after_the_name_never_lead_outside_the_code() => ForAnyBytes(bytes =>
    {
        using var code = new GuardedBytes([0x08, .. "_S5_"u8, 0x12, .. bytes]);
        return !SleepPackage.TryFind(code.Span, out SleepPackage package) || (package.TypeA <= 7 && package.TypeB <= 7);
    });

    [Fact]
    public void Random_memory_behind_a_sound_root_pointer_never_leads_outside_it() => ForAnyBytes(bytes =>
    {
        using FakeMemory memory = new FakeMemory()
            .Put(0x7000, FirstRootPointer(0x10000))
            .Put(0x10000, Table("RSDT", U32(0x20000), U32(0x20004), bytes))
            .Put(0x20000, bytes);
        return AcpiTables.Find(memory, 0x7000, out AcpiTables? tables) == AcpiStatus.Ok
            && Madt.Read(tables!).Status != AcpiStatus.Ok
            && PowerOffPlan.Read(tables!, out _) != AcpiStatus.Ok;
    });

    private static void ForAnyBytes(Func<byte[], bool> holds) =>
        Check.One(s_config, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), holds));
}

using System;
using ToroCosmos.Acpi;

namespace ToroCosmos.Power;

/// <summary>Which registers turn the machine off, and with which values; read once, while all is well.</summary>
/// <param name="Registers">The FADT's fields.</param>
/// <param name="Types">The sleep types of <c>_S5_</c>.</param>
public readonly record struct PowerOffPlan(Fadt Registers, SleepPackage Types)
{
    /// <summary>Bytes of SSDTs after which the search is given up; the same one may be named again and again.</summary>
    private const int MaximumCodeBytes = 4 * (int)AcpiTables.MaximumTableLength;

    /// <summary>Reads the FADT, and <c>_S5_</c> from the DSDT or, failing that, from the SSDTs.</summary>
    /// <param name="tables">The machine's tables.</param>
    /// <param name="plan">The plan, when the result is <see cref="AcpiStatus.Ok"/>.</param>
    public static AcpiStatus Read(AcpiTables tables, out PowerOffPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tables);
        plan = default;
        AcpiStatus status = tables.Find("FACP"u8, out ReadOnlySpan<byte> table);
        if (status != AcpiStatus.Ok)
        {
            return status;
        }

        status = Fadt.Parse(table, out Fadt fadt);
        if (status != AcpiStatus.Ok)
        {
            return status;
        }

        if (fadt.IsHardwareReduced ? !fadt.SleepControl.Exists : !fadt.Pm1aControl.Exists)
        {
            return AcpiStatus.NoPowerRegister;
        }

        if (!TryFindTypes(tables, fadt.DsdtAddress, out SleepPackage types))
        {
            return AcpiStatus.NoSleepPackage;
        }

        plan = new PowerOffPlan(fadt, types);
        return AcpiStatus.Ok;
    }

    private static bool TryFindTypes(AcpiTables tables, ulong dsdt, out SleepPackage types)
    {
        if (tables.ReadAt(dsdt, "DSDT"u8, out ReadOnlySpan<byte> table) == AcpiStatus.Ok
            && SleepPackage.TryFind(table.Slice(AcpiTables.HeaderLength), out types))
        {
            return true;
        }

        int place = 0;
        int searched = 0;
        AcpiStatus status = AcpiStatus.Ok;
        while (status != AcpiStatus.TableNotFound && searched < MaximumCodeBytes)
        {
            status = tables.FindNext("SSDT"u8, ref place, out table);

            // A table with a wrong checksum was read too, however long it is.
            searched += status == AcpiStatus.BadChecksum ? (int)AcpiTables.MaximumTableLength : table.Length;
            if (status == AcpiStatus.Ok && SleepPackage.TryFind(table.Slice(AcpiTables.HeaderLength), out types))
            {
                return true;
            }
        }

        types = default;
        return false;
    }
}

using ToroCosmos.Seam;

namespace ToroCosmos.Acpi;

/// <summary>The tables of the machine that this kernel runs on, searched for once.</summary>
public static class MachineTables
{
    private static bool s_searched;
    private static AcpiStatus s_status;
    private static AcpiTables? s_tables;

    /// <summary>Finds the root table. For the boot core; allocates the first time.</summary>
    /// <param name="tables">The tables, not null when the result is <see cref="AcpiStatus.Ok"/>.</param>
    public static AcpiStatus Find(out AcpiTables? tables)
    {
        if (!s_searched)
        {
            s_status = AcpiTables.Find(new FirmwareMemory(), Firmware.RootPointer(), out s_tables);
            s_searched = true;
        }

        tables = s_tables;
        return s_status;
    }
}

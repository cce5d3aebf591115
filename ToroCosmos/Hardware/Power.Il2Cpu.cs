using ToroCosmos.Acpi;
using ToroCosmos.Smp;

namespace ToroCosmos.Hardware;

public static partial class Power
{
    private const ushort DebugExit = 0xF4;
    private const uint DebugExitBase = 16;

    public static partial void Off(int exitCode)
    {
        uint code = (uint)exitCode > 100 ? 100 : (uint)exitCode;
        if (code != 0)
        {
            Port.Write32(DebugExit, DebugExitBase + code);
        }

        if (MachineTables.Find(out AcpiTables? tables) == AcpiStatus.Ok && tables != null)
        {
            AcpiPower.Prepare(tables);
            AcpiPower.TryOff();
        }

        Cores.Park();
    }
}

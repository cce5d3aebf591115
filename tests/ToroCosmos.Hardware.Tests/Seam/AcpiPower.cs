using ToroCosmos.Hardware.Tests;
using ToroCosmos.Power;

namespace ToroCosmos.Power;

/// <summary>ACPI of the machine that a test plays: turns it off at once.</summary>
internal static class AcpiPower
{
    public static void TryOff()
    {
        if (PlayedMachine.Current.HasAcpi)
        {
            throw new MachineEndedException(debugExit: null);
        }
    }
}

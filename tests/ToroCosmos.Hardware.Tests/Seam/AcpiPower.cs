using ToroCosmos.Hardware.Tests;

namespace ToroCosmos.Acpi;

/// <summary>A machine that ACPI turns off at once.</summary>
internal static class AcpiPower
{
    public static void TryOff() => throw new MachineEndedException(debugExit: null);
}

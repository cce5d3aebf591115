namespace ToroCosmos.NativeAot.Power;

internal static class AcpiPowerOff
{
    public static void Prepare()
    {
    }

    public static void Try()
    {
        // replaced when the ACPI room arrives
        ToroCosmos.Hardware.Port.Write16(0x604, 0x2000);
        ToroCosmos.Hardware.Port.Write16(0xB004, 0x2000);
    }
}

namespace ToroCosmos.Seam;

/// <summary>What the boot protocol handed over. Part of the hardware seam.</summary>
public static unsafe partial class Firmware
{
    /// <summary>
    /// Physical address of the ACPI root pointer that the boot protocol named, or 0: then the BIOS areas are to be
    /// searched (ACPI 6.5, Finding the RSDP on IA-PC Systems).
    /// </summary>
    public static partial ulong RootPointer();

    /// <summary>The kernel's command line: ASCII, ends with a zero byte, never null.</summary>
    public static partial byte* CommandLine();
}

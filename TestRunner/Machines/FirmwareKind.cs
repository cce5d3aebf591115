namespace TestRunner.Machines;

/// <summary>What runs before the boot loader.</summary>
public enum FirmwareKind
{
    /// <summary>SeaBIOS, which QEMU carries itself.</summary>
    Bios,

    /// <summary>OVMF, installed apart.</summary>
    Uefi,
}

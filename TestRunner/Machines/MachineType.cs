namespace TestRunner.Machines;

/// <summary>The chipset that QEMU emulates.</summary>
public enum MachineType
{
    /// <summary>i440FX, QEMU's default.</summary>
    Pc,

    /// <summary>ICH9 with PCI Express.</summary>
    Q35,

    /// <summary>QEMU's minimal machine: no PCI, no CD drive, an ELF loaded directly.</summary>
    Microvm,
}

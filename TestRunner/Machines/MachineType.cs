namespace TestRunner.Machines;

/// <summary>The chipset that QEMU emulates.</summary>
public enum MachineType
{
    /// <summary>i440FX, QEMU's default.</summary>
    Pc,

    /// <summary>ICH9 with PCI Express.</summary>
    Q35,
}

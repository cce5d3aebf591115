namespace ToroCosmos.Acpi;

/// <summary>Where a register is.</summary>
public enum AcpiRegisterSpace
{
    /// <summary>There is no register.</summary>
    None,

    /// <summary>In physical memory.</summary>
    Memory,

    /// <summary>In the processor's I/O space.</summary>
    Port,
}

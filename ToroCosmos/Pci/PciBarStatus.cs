namespace ToroCosmos.Pci;

/// <summary>What became of reading a base address register.</summary>
public enum PciBarStatus
{
    /// <summary>Registers in memory, with an address.</summary>
    Ok,

    /// <summary>The function has no such register, or nothing behind it.</summary>
    NoSuchBar,

    /// <summary>Its registers are ports.</summary>
    IsPorts,

    /// <summary>The firmware gave it no address.</summary>
    NoAddress,

    /// <summary>It is of a reserved type, or half of it is missing.</summary>
    Malformed,
}

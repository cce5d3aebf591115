namespace ToroCosmos.Acpi;

/// <summary>
/// Where the firmware's tables are read: physical memory in a kernel, captured bytes in a test. Every address that a
/// table names passes through here.
/// </summary>
public abstract unsafe class AcpiMemory
{
    /// <summary>Makes a stretch of physical memory readable.</summary>
    /// <param name="address">Physical address, as untrusted as the table it comes from.</param>
    /// <param name="bytes">How much will be read, at least 1.</param>
    /// <returns>The address to read at, or null when the whole stretch is not addressable.</returns>
    public abstract byte* Map(ulong address, nuint bytes);
}

using ToroCosmos.Seam;

namespace ToroCosmos.Acpi;

/// <summary>The machine's own memory.</summary>
public sealed unsafe class FirmwareMemory : AcpiMemory
{
    /// <inheritdoc/>
    public override byte* Map(ulong address, nuint bytes) => PhysicalMemory.MapFirmware(address, bytes);
}

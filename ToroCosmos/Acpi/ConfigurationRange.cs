namespace ToroCosmos.Acpi;

/// <summary>Buses whose configuration space is in memory (PCI Firmware 3.3, Memory-mapped Enhanced Configuration Space).</summary>
/// <param name="Address">Physical address that bus 0 of the segment has or would have.</param>
/// <param name="Segment">The segment group.</param>
/// <param name="FirstBus">The first bus.</param>
/// <param name="LastBus">The last bus; not below the first.</param>
public readonly record struct ConfigurationRange(ulong Address, ushort Segment, byte FirstBus, byte LastBus);

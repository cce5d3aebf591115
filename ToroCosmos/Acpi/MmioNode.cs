namespace ToroCosmos.Acpi;

/// <summary>A device with registers in memory, as the firmware's tables or the command line tell of it.</summary>
/// <param name="Address">Physical address of the registers.</param>
/// <param name="Bytes">How many bytes of them.</param>
/// <param name="HasInterrupt">Whether it interrupts.</param>
/// <param name="Interrupt">By which input of the I/O interrupt controllers, counted over all of them.</param>
public readonly record struct MmioNode(ulong Address, uint Bytes, bool HasInterrupt, uint Interrupt);

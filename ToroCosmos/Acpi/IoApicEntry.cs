namespace ToroCosmos.Acpi;

/// <summary>An I/O interrupt controller, as the MADT has it (ACPI 6.5, I/O APIC Structure).</summary>
/// <param name="Address">Physical address of its registers.</param>
/// <param name="FirstInput">The number of its first input, counted over all controllers.</param>
public readonly record struct IoApicEntry(uint Address, uint FirstInput);

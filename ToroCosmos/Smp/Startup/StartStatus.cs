namespace ToroCosmos.Smp.Startup;

/// <summary>Whether other cores could be started at all. <see cref="StartText"/> says it in words.</summary>
public enum StartStatus
{
    /// <summary>Yes; single processors may still have failed.</summary>
    Ok,

    /// <summary>
    /// The firmware's tables list no processor; see <see cref="StartReport.Acpi"/> and
    /// <see cref="StartReport.MultiProcessor"/>.
    /// </summary>
    NoProcessorTable,

    /// <summary>The processor has no local APIC, or the firmware has disabled it.</summary>
    NoLocalApic,

    /// <summary>The local APIC's registers are at an address that cannot be mapped.</summary>
    LocalApicNotMapped,

    /// <summary>There is no memory for the cores' state.</summary>
    NoMemory,
}

namespace ToroCosmos.Smp.Apic;

/// <summary>Whether the boot core's local APIC works.</summary>
internal enum LocalApicStatus
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>The processor has none, or the firmware has disabled it.</summary>
    Missing,

    /// <summary>Its registers are at an address that cannot be mapped.</summary>
    NotMapped,
}

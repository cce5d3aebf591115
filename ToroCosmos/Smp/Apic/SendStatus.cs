namespace ToroCosmos.Smp.Apic;

/// <summary>What became of an interrupt that one core sent to another.</summary>
internal enum SendStatus
{
    /// <summary>The local APIC has taken it.</summary>
    Sent,

    /// <summary>No core has this number.</summary>
    NoSuchCore,

    /// <summary>The local APIC did not get rid of the interrupt before it in a bounded time; a working one always does.</summary>
    NotTaken,
}

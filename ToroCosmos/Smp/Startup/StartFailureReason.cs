namespace ToroCosmos.Smp.Startup;

/// <summary>Why a processor is not online. <see cref="StartText"/> says it in words.</summary>
public enum StartFailureReason
{
    /// <summary>No failure: the processor is online.</summary>
    None,

    /// <summary>Its APIC id is above 254 and the machine has no x2APIC mode.</summary>
    NotAddressable,

    /// <summary>The local APIC did not take the INIT or start-up interrupt.</summary>
    NotDelivered,

    /// <summary>There is no memory for the core's state.</summary>
    NoMemory,

    /// <summary>The processor did not answer in time. If it rises later it parks for ever.</summary>
    NoAnswer,

    /// <summary>A processor that had been given up rose late and took this one's start-up state; both are parked.</summary>
    StateTaken,
}

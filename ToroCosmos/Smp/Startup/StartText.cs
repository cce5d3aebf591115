namespace ToroCosmos.Smp.Startup;

/// <summary>Words for the results of a start; not every toolchain can print the name of an enum's value.</summary>
public static class StartText
{
    /// <summary>Says what the status means, in lower case and without a full stop.</summary>
    public static string Of(StartStatus status) => status switch
    {
        StartStatus.Ok => "ok",
        StartStatus.NoProcessorTable => "no table of processors",
        StartStatus.NoLocalApic => "no local APIC",
        StartStatus.LocalApicNotMapped => "local APIC at an address that cannot be mapped",
        StartStatus.NoMemory => "no memory for the cores' state",
        _ => "unknown start status",
    };

    /// <summary>Says what the reason means, in lower case and without a full stop.</summary>
    public static string Of(StartFailureReason reason) => reason switch
    {
        StartFailureReason.None => "online",
        StartFailureReason.NotAddressable => "its APIC id needs x2APIC mode, which this machine does not have",
        StartFailureReason.NotDelivered => "the local APIC did not send the start-up interrupts",
        StartFailureReason.NoMemory => "no memory for the core's state",
        StartFailureReason.NoAnswer => "did not answer",
        StartFailureReason.StateTaken => "a processor that rose late took its start-up state",
        _ => "unknown reason",
    };
}

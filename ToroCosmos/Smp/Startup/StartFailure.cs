namespace ToroCosmos.Smp.Startup;

/// <summary>A processor that is not online.</summary>
/// <param name="ApicId">Its APIC id; it has no core number.</param>
/// <param name="Reason">Why.</param>
public readonly record struct StartFailure(uint ApicId, StartFailureReason Reason);

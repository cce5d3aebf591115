namespace ToroCosmos.Devices;

/// <summary>What a device writes, and where, to interrupt a core (Intel SDM 3A, Message Signalled Interrupts).</summary>
/// <param name="Address">Physical address.</param>
/// <param name="Data">What it writes there.</param>
public readonly record struct InterruptMessage(ulong Address, uint Data);

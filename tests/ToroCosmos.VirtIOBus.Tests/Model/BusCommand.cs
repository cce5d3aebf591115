namespace ToroCosmos.VirtIOBus.Tests.Model;

/// <summary>One call of one core.</summary>
/// <param name="Action">Which.</param>
/// <param name="Core">The core that calls.</param>
/// <param name="Peer">The other core, or none such.</param>
/// <param name="Length">A length, or another small number that the action needs.</param>
/// <param name="Form">How, where the call has several forms.</param>
internal sealed record BusCommand(BusAction Action, int Core, int Peer, int Length, CallForm Form);

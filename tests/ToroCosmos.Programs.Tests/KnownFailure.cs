namespace ToroCosmos.Programs.Tests;

/// <summary>A program that a kernel does not yet run as the host does.</summary>
/// <param name="Id">The program.</param>
/// <param name="Outcome">What becomes of it in a kernel; a part of it, where the rest differs from boot to boot.</param>
/// <param name="Reason">Why.</param>
internal sealed record KnownFailure(string Id, string Outcome, string Reason);

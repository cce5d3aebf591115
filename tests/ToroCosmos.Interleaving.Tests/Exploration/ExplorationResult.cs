namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>What an exploration found.</summary>
/// <param name="States">How many states of the machine there are.</param>
/// <param name="Moves">How many moves lead from one to another.</param>
/// <param name="Interleavings">How many ways lead from the beginning to the end: so many interleavings are covered.</param>
/// <param name="Violation">What goes wrong, and the moves that lead there; null when nothing does.</param>
internal sealed record ExplorationResult(int States, int Moves, double Interleavings, string? Violation);

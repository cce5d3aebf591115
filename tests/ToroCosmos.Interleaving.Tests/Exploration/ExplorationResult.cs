namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>What an exploration found.</summary>
/// <param name="States">How many states of the machine were met.</param>
/// <param name="Moves">How many moves were made from one to another.</param>
/// <param name="Interleavings">
/// How many ways lead from the beginning to the end. With the reduction each stands for many that differ only in the order
/// of moves that make no difference to each other.
/// </param>
/// <param name="Stops">At how many places, and after how many different answers, cores were stopped.</param>
/// <param name="Violation">What goes wrong, and the moves that lead there; null when nothing does.</param>
internal sealed record ExplorationResult(
    int States, long Moves, double Interleavings, int Stops, string? Violation);

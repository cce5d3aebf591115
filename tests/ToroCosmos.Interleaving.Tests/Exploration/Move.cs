namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>A move of a core.</summary>
/// <param name="Core">Whose.</param>
/// <param name="Kind">Which.</param>
/// <param name="From">The state before it.</param>
internal readonly record struct Move(int Core, MoveKind Kind, MachineState From);

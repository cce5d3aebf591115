namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>The next thing that a core does.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Of a load: where in the memory. Of a wake: the core. Of a sleep: 1 when it has a time limit.</param>
/// <param name="Bytes">Of a load: the field's width.</param>
/// <param name="Place">The method it stands in.</param>
internal readonly record struct Access(AccessKind Kind, int Offset, int Bytes, string Place);

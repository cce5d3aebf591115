namespace ToroCosmos.Mpi.Engine;

/// <summary>What a process has not freed or received: all 0 when it has cleaned up.</summary>
/// <param name="Requests">Operations that are under way, or whose end was not asked for.</param>
/// <param name="Messages">Messages that came and were not received.</param>
/// <param name="Communicators">Communicators besides the standard's.</param>
/// <param name="Groups">Groups.</param>
/// <param name="Datatypes">Datatypes.</param>
/// <param name="Operations">Operations.</param>
public readonly record struct MpiLeftovers(
    int Requests, int Messages, int Communicators, int Groups, int Datatypes, int Operations);

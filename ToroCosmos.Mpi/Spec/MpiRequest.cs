namespace ToroCosmos.Mpi.Spec;

/// <summary>An operation that was begun.</summary>
public enum MpiRequest
{
    Null = 0x180,
}

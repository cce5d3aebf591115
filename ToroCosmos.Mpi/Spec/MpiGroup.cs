namespace ToroCosmos.Mpi.Spec;

/// <summary>A group of processes.</summary>
public enum MpiGroup
{
    Null = 0x108,
    Empty = 0x109,
}

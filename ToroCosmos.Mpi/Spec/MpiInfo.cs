namespace ToroCosmos.Mpi.Spec;

/// <summary>A list of keys and values.</summary>
public enum MpiInfo
{
    Null = 0x130,
    Env = 0x131,
}

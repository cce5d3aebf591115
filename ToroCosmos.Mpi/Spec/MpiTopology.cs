namespace ToroCosmos.Mpi.Spec;

/// <summary>What a communicator's processes are arranged as.</summary>
public enum MpiTopology
{
    Undefined = -32766,
    Cart = 211,
}

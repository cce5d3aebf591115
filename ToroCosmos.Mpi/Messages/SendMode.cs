namespace ToroCosmos.Mpi.Messages;

/// <summary>When a send is complete (MPI 4.1, 3.4).</summary>
internal enum SendMode
{
    Standard,
    Synchronous,
    Buffered,
    Ready,
}

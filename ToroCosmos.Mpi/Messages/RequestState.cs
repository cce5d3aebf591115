namespace ToroCosmos.Mpi.Messages;

/// <summary>Where a request stands.</summary>
internal enum RequestState
{
    Free,

    /// <summary>A persistent one that is not started.</summary>
    Inactive,
    Active,
    Complete,
}

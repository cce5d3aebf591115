namespace ToroCosmos.Mpi.Schedules;

/// <summary>Which collective operation.</summary>
internal enum CollectiveKind
{
    None = 0,
    Barrier,
    Broadcast,
    Gather,
    Scatter,
    Allgather,
    Alltoall,
    Reduce,
    Allreduce,
    ReduceScatter,
    Scan,
    Exscan,
}

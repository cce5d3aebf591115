namespace ToroCosmos.Mpi.Communicators;

/// <summary>A group of processes.</summary>
internal unsafe struct GroupSlot
{
    public bool IsUsed;
    public int Size;

    /// <summary>By rank in the group, the core.</summary>
    public int* Cores;
}

namespace ToroCosmos.Mpi.Messages;

/// <summary>The first and the last of places that are linked by their numbers; -1 for none.</summary>
internal struct SlotList
{
    public int Head;
    public int Tail;

    /// <summary>A list with nothing in it.</summary>
    public static SlotList Empty => new() { Head = -1, Tail = -1 };
}

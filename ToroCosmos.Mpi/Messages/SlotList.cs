namespace ToroCosmos.Mpi.Messages;

/// <summary>The first and the last of places that are linked by their numbers.</summary>
internal struct SlotList
{
    /// <summary>The number of no place.</summary>
    public const int Nothing = -1;

    public int Head;
    public int Tail;

    /// <summary>A list with nothing in it.</summary>
    public static SlotList Empty => new() { Head = Nothing, Tail = Nothing };
}

namespace ToroCosmos.Mpi.Datatypes;

/// <summary>Blocks of data of one length, at one distance from each other.</summary>
internal struct TypeRun
{
    /// <summary>Where the first begins, from the element's address.</summary>
    public nint Offset;

    /// <summary>From one to the next.</summary>
    public nint Stride;

    /// <summary>How long each is: 1 or more.</summary>
    public int Bytes;

    /// <summary>How many there are: 1 or more.</summary>
    public int Blocks;
}

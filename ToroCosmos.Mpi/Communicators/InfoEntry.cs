namespace ToroCosmos.Mpi.Communicators;

/// <summary>A key and its value in an info object, as text that a zero ends.</summary>
internal unsafe struct InfoEntry
{
    /// <summary>The longest key and value, with the zero.</summary>
    public const int KeyBytes = 64;
    public const int ValueBytes = 192;

    /// <summary>The info object, from 1; 0: the place is free.</summary>
    public int Info;

    /// <summary>When it was added, among all.</summary>
    public int Order;

    /// <summary>The key, and the value behind it.</summary>
    public byte* Key;

    public readonly byte* Value => Key + KeyBytes;
}

namespace ToroCosmos.Mpi.Messages;

/// <summary>A message that came, or was announced, before its receive was posted.</summary>
internal unsafe struct UnexpectedSlot
{
    /// <summary>The next one, in the order of arrival; -1 for none.</summary>
    public int Next;

    /// <summary>Whether a matched probe has taken it out.</summary>
    public bool IsTaken;

    public int Core;
    public PacketHeader Header;

    /// <summary>Where a long message lies at its sender; 0 where it comes in parts.</summary>
    public ulong Address;

    /// <summary>The message's data, in this slot's own memory.</summary>
    public byte* Data;
}

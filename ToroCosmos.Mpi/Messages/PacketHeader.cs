using System.Runtime.InteropServices;

namespace ToroCosmos.Mpi.Messages;

/// <summary>What stands before the data of each message on the bus.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PacketHeader
{
    /// <summary>Its length in bytes. An announcement has the address behind it, in 8 bytes more.</summary>
    public const int Bytes = 16;

    /// <summary>The message's tag; for control packets, a number that their kind explains.</summary>
    public int Tag;

    /// <summary>Which communicator, and whether of a collective operation.</summary>
    public ushort Context;

    public PacketKind Kind;

    /// <summary>Which collective operation, with what root: so that calls that do not fit together are found.</summary>
    public byte Signature;

    /// <summary>The request of the other side, or of the sender for the answer.</summary>
    public int Request;

    /// <summary>The length of the whole message's data.</summary>
    public int Length;
}

namespace ToroCosmos.Mpi.Communicators;

/// <summary>An attribute of a communicator.</summary>
internal struct AttributeSlot
{
    public bool IsUsed;

    /// <summary>The communicator, by its place.</summary>
    public int Comm;
    public int Keyval;
    public nint Value;

    /// <summary>When it was set, among all: they are deleted in the opposite order.</summary>
    public int Order;
}

namespace ToroCosmos.Mpi.Spec;

/// <summary>A communicator: one of the standard, with its ABI's number, or one that a process has made.</summary>
public enum MpiComm
{
    Null = 0x100,
    World = 0x101,
    Self = 0x102,
}

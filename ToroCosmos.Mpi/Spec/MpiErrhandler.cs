namespace ToroCosmos.Mpi.Spec;

/// <summary>What happens where an error is found.</summary>
public enum MpiErrhandler
{
    Null = 0x140,
    ErrorsAreFatal = 0x141,
    ErrorsAbort = 0x142,
    ErrorsReturn = 0x143,
}

namespace ToroCosmos.Mpi.Spec;

/// <summary>A message that a matched probe has taken out of the queue.</summary>
public enum MpiMessage
{
    Null = 0x128,
    NoProc = 0x129,
}

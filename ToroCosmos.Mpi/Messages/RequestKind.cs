namespace ToroCosmos.Mpi.Messages;

/// <summary>What a request is for.</summary>
internal enum RequestKind
{
    Send,
    Receive,
    Collective,
    Control,
}

namespace ToroCosmos.VirtIOBus.Diagnostics;

/// <summary>The state of the link from one core to another.</summary>
public enum LinkState
{
    /// <summary>There is no such link.</summary>
    None = 0,

    /// <summary>The receiver has not initialized its queue, or not again after the sender has reset the link.</summary>
    NotReady,

    /// <summary>Messages can flow.</summary>
    Ready,

    /// <summary>One side saw the other violate the protocol. It stays so until both ends reset the link.</summary>
    Broken,

    /// <summary>One side has closed its end. It stays so until both ends reset the link.</summary>
    Closed,
}

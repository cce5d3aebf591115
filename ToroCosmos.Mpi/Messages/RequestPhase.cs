namespace ToroCosmos.Mpi.Messages;

/// <summary>What a request that is active does next, when there is room on the bus, or what it waits for.</summary>
internal enum RequestPhase
{
    /// <summary>A receive waits for its message, in the list of those that were posted.</summary>
    Posted,

    SendEager,
    SendAnnounce,
    SendData,
    SendReady,
    SendDone,
    SendCancelAsk,
    SendCancelAnswer,
    SendFailed,

    AwaitDone,
    AwaitReady,
    AwaitData,

    /// <summary>A message to this rank itself waits for its receive.</summary>
    AwaitSelf,

    /// <summary>A collective operation goes on when its messages have.</summary>
    Running,
}

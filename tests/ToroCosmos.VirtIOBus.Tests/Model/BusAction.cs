namespace ToroCosmos.VirtIOBus.Tests.Model;

/// <summary>What a command of a model case does.</summary>
internal enum BusAction
{
    Initialize,
    Send,
    Batch,
    Broadcast,
    Reserve,
    Commit,
    CommitMore,
    CancelReserved,
    Lend,
    SendLarge,
    AskForLoans,
    Receive,
    ReceiveIntoLittle,
    ReceiveBatch,
    ReceiveAny,
    Peek,
    Release,
    CancelPeeked,
    BreakAsSender,
    BreakAsReceiver,
}

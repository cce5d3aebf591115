namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Conditions as text, for cores that must not allocate.</summary>
[AnyCore]
public static class QueueConditionNames
{
    /// <summary>The condition in a few plain words.</summary>
    public static string Name(this QueueCondition condition) => condition switch
    {
        QueueCondition.NotInitialized => "not initialized",
        QueueCondition.Working => "working",
        QueueCondition.BadDescriptor => "bad descriptor",
        QueueCondition.UnexpectedChain => "unexpected descriptor chain",
        QueueCondition.UnexpectedAvailEntry => "unexpected available entry",
        QueueCondition.AvailIndexJump => "available index jumped",
        QueueCondition.UnexpectedUsedId => "unexpected used id",
        QueueCondition.UsedLengthTooLong => "used length beyond the buffer",
        QueueCondition.UsedIndexJump => "used index jumped",
        QueueCondition.BadReference => "reference to memory that cannot be lent",
        QueueCondition.BufferOverrun => "written beyond the buffer",
        QueueCondition.BrokenByPeer => "broken by the peer",
        QueueCondition.Closed => "closed",
        QueueCondition.ClosedByPeer => "closed by the peer",
        _ => "unknown",
    };
}

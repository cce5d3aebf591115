namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// What one side of a queue knows of it. Everything after <see cref="Working"/> is the reason why the queue is not used
/// any more: a violation by the other side, or that one of both has closed it. It stays so until the queue is set up anew.
/// </summary>
public enum QueueCondition
{
    /// <summary>This side has not set the queue up; so is a zeroed structure.</summary>
    NotInitialized = 0,

    /// <summary>Set up, and nothing wrong was seen.</summary>
    Working,

    /// <summary>A descriptor's address, length or flags are not those of one buffer to write into.</summary>
    BadDescriptor,

    /// <summary>A descriptor continues in another one or in a table: chains are not part of this queue.</summary>
    UnexpectedChain,

    /// <summary>An available entry does not name the descriptor that is next in order.</summary>
    UnexpectedAvailEntry,

    /// <summary>The available index moved by more than the queue can hold.</summary>
    AvailIndexJump,

    /// <summary>A used element does not name the buffer that is next in order.</summary>
    UnexpectedUsedId,

    /// <summary>A used element claims more bytes than its buffer has.</summary>
    UsedLengthTooLong,

    /// <summary>The used index moved past the buffers that were available.</summary>
    UsedIndexJump,

    /// <summary>A message refers to memory that is not the sender's to lend.</summary>
    BadReference,

    /// <summary>Memory behind a message's buffer was written; noticed only when all checks are on.</summary>
    BufferOverrun,

    /// <summary>The other side found this side at fault, or has given up.</summary>
    BrokenByPeer,

    /// <summary>This side has closed the queue.</summary>
    Closed,

    /// <summary>The other side has closed the queue.</summary>
    ClosedByPeer,
}

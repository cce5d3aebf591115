namespace ToroCosmos.Mpi.Messages;

/// <summary>What a message on the bus is.</summary>
internal enum PacketKind : byte
{
    /// <summary>A whole message.</summary>
    Eager = 1,

    /// <summary>A whole message whose sender waits until it is matched; answered by <see cref="Done"/>.</summary>
    EagerSynchronous,

    /// <summary>
    /// The announcement of a long message. Where it has an address, the receiver copies from there, and answers with
    /// <see cref="Done"/>; where it has none, it answers with <see cref="Ready"/>.
    /// </summary>
    Announce,

    /// <summary>The receiver has a place for a message that was announced: its data may come.</summary>
    Ready,

    /// <summary>A part of such a message.</summary>
    Data,

    /// <summary>The message is matched, and nothing of the sender's memory is needed any more.</summary>
    Done,

    /// <summary>The sender wants a message back that is not matched.</summary>
    CancelAsk,

    /// <summary>It has it back, or not.</summary>
    CancelAnswer,

    /// <summary>A rank did not take part in a collective call, because its arguments were wrong.</summary>
    CollectiveFailed,

    /// <summary>The rank has ended; nothing comes from it any more.</summary>
    Gone,

    /// <summary>All ranks are to end.</summary>
    Abort,
}

using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// How a call on the bus ended. Unless it is Ok, no message was sent or taken; where a call may send some of its messages,
/// or begin to send one, its description says so.
/// </summary>
public enum BusStatus
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>The receiver has no free buffer.</summary>
    Full = 1,

    /// <summary>There is no message.</summary>
    Empty = 2,

    /// <summary>The time ran out before there was room, or a message.</summary>
    TimedOut = 3,

    /// <summary>
    /// Sending: the message is longer than <see cref="BusOptions.BufferSize"/>. Receiving: the message is longer than
    /// the caller's buffer and stays queued.
    /// </summary>
    TooLong = 4,

    /// <summary>The number is not that of another core: out of range, or the caller's own.</summary>
    NoSuchCore = 5,

    /// <summary>
    /// The link to that core is broken until both ends reset it; <see cref="MessageBus.InspectLink"/> tells why. Other links go on.
    /// </summary>
    BrokenLink = 6,

    /// <summary>
    /// The message does not lie in memory that cores may lend to each other; <see cref="BusOptions.Lendable"/> says which.
    /// On a bus that lends none, no message does.
    /// </summary>
    NotLendable = 7,

    /// <summary>
    /// Room for a message in place was reserved on this link: it stays as it is, and nothing else can be sent over the
    /// link until it is committed or given up.
    /// </summary>
    Reserved = 8,

    /// <summary>No room was reserved on this link, or its message is committed already.</summary>
    NotReserved = 9,

    /// <summary>
    /// A message of this link is peeked: it stays as it is, and nothing else can be received over the link until
    /// it is released or put back.
    /// </summary>
    Peeked = 10,

    /// <summary>No message of this link is peeked, or it is released already.</summary>
    NotPeeked = 11,

    /// <summary>
    /// The receiver has not initialized the queue of this link. Sending: it may do so yet. Receiving: the calling core is
    /// that receiver. Resetting: the sender has not reset its end yet.
    /// </summary>
    NotReady = 12,

    /// <summary>
    /// The message is on its way and not taken yet: its memory stays lent until <see cref="BusEndpoint.AwaitReturn(BusLoan)"/>
    /// is Ok.
    /// </summary>
    StillLent = 13,

    /// <summary>It is no loan of this endpoint.</summary>
    NotLent = 14,

    /// <summary>The length is negative; or that of a batch's messages is 0, or does not divide the whole.</summary>
    InvalidLength = 15,

    /// <summary>
    /// The endpoint is not that of the core that called, and nothing was done. Noticed only with
    /// <see cref="BusChecks.Full"/>, on the bus of the machine.
    /// </summary>
    WrongCore = 16,

    /// <summary>
    /// The link is closed: its other end, or the calling core's own. Receiving: all messages that were sent before are
    /// received.
    /// </summary>
    Closed = 20,

    /// <summary>The call was cancelled as it waited.</summary>
    Cancelled = 21,

    /// <summary>The link works, or was never used: there is nothing to reset.</summary>
    NotBroken = 22,
}

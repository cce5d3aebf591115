namespace ToroCosmos.VirtIOBus;

/// <summary>How much a bus checks. What a peer writes into a ring is checked always.</summary>
public enum BusChecks
{
    /// <summary>
    /// Ids, lengths and indices of every message, descriptors at set-up, references to lent memory: all that a receiver or
    /// a sender needs to be safe. It costs nothing that can be measured.
    /// </summary>
    Standard = 0,

    /// <summary>
    /// Also, with every message received: that nobody has written behind its buffer, and that the descriptor and the
    /// available entry are still what they were; and on the bus of the machine, with every call, that an endpoint is used
    /// by its own core: another one gets <see cref="BusStatus.WrongCore"/>. For finding defects; it costs a call and a few
    /// loads for each message, and a line of memory for each buffer.
    /// </summary>
    Full,
}

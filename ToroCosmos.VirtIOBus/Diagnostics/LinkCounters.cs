using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus.Diagnostics;

/// <summary>
/// What happened on the link from one core to another since the bus was built; resets do not end the counts. Read while
/// the two cores go on, the numbers may be outdated, each by itself.
/// </summary>
public readonly struct LinkCounters
{
    /// <summary>Messages sent, those of <see cref="BusEndpoint.CommitTo"/> that are kept back included.</summary>
    public ulong Messages { get; init; }

    /// <summary>Their lengths together; of a large message that of the buffer which carries the reference to it.</summary>
    public ulong Bytes { get; init; }

    /// <summary>How often a call of the sender found no room.</summary>
    public ulong Full { get; init; }

    /// <summary>How often the receiver had to wait for a message from this sender alone.</summary>
    public ulong Empty { get; init; }

    /// <summary>How often the sender announced that it sleeps until there is room, or lent memory is returned.</summary>
    public ulong SenderSleeps { get; init; }

    /// <summary>How often the receiver announced that it sleeps until there is a message, here or from any core.</summary>
    public ulong ReceiverSleeps { get; init; }

    /// <summary>How often the sender woke the receiver for a message.</summary>
    public ulong ReceiverWakeUps { get; init; }

    /// <summary>How often the receiver woke the sender for room.</summary>
    public ulong SenderWakeUps { get; init; }

    /// <summary>How often one end found a violation by the other.</summary>
    public ulong Violations { get; init; }

    /// <summary>How often both ends have reset the link.</summary>
    public uint Resets { get; init; }

    /// <summary>Whether anything happened at all.</summary>
    public bool IsIdle => (Messages | Full | Empty | SenderSleeps | ReceiverSleeps | Violations | Resets) == 0;

    /// <summary>The counts of two links together.</summary>
    internal LinkCounters Plus(in LinkCounters other) => new()
    {
        Messages = Messages + other.Messages,
        Bytes = Bytes + other.Bytes,
        Full = Full + other.Full,
        Empty = Empty + other.Empty,
        SenderSleeps = SenderSleeps + other.SenderSleeps,
        ReceiverSleeps = ReceiverSleeps + other.ReceiverSleeps,
        ReceiverWakeUps = ReceiverWakeUps + other.ReceiverWakeUps,
        SenderWakeUps = SenderWakeUps + other.SenderWakeUps,
        Violations = Violations + other.Violations,
        Resets = Resets + other.Resets,
    };

    /// <summary>Reads those of a link.</summary>
    internal static unsafe LinkCounters Of(Link* link)
    {
        EndRecord* sender = &link->SenderRecord;
        EndRecord* receiver = &link->ReceiverRecord;
        long violations = 0;
        for (QueueCondition kind = QueueCondition.Working; kind < QueueCondition.BrokenByPeer; kind++)
        {
            violations += Link.CountViolations(link, kind);
        }

        return new LinkCounters
        {
            Messages = sender->Messages + link->Sender.TotalFilled,
            Bytes = sender->MessageBytes + link->Sender.TotalBytes,
            Full = sender->Shortages,
            Empty = receiver->Shortages,
            SenderSleeps = sender->Sleeps,
            ReceiverSleeps = receiver->Sleeps,
            ReceiverWakeUps = sender->WakeUps + link->Sender.WakeUps,
            SenderWakeUps = receiver->WakeUps + link->Receiver.WakeUps,
            Violations = (ulong)violations,
            Resets = receiver->Resets,
        };
    }
}

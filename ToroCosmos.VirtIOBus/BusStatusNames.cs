namespace ToroCosmos.VirtIOBus;

/// <summary>Statuses as text, for cores that must not allocate.</summary>
[AnyCore]
public static class BusStatusNames
{
    /// <summary>The status in a few plain words.</summary>
    public static string Name(this BusStatus status) => status switch
    {
        BusStatus.Ok => "done",
        BusStatus.Full => "the queue is full",
        BusStatus.Empty => "there is no message",
        BusStatus.TimedOut => "timed out",
        BusStatus.TooLong => "the message is too long",
        BusStatus.NoSuchCore => "no such core",
        BusStatus.BrokenLink => "the link is broken",
        BusStatus.NotLendable => "the memory cannot be lent",
        BusStatus.Reserved => "room is reserved",
        BusStatus.NotReserved => "no room is reserved",
        BusStatus.Peeked => "a message is peeked in place",
        BusStatus.NotPeeked => "no message is peeked in place",
        BusStatus.NotReady => "the other end of the link is not ready",
        BusStatus.StillLent => "the memory is still lent",
        BusStatus.NotLent => "it is no loan",
        BusStatus.InvalidLength => "the length is invalid",
        BusStatus.WrongCore => "the endpoint belongs to another core",
        BusStatus.Closed => "the link is closed",
        BusStatus.Cancelled => "cancelled",
        BusStatus.NotBroken => "the link works",
        _ => "unknown",
    };
}

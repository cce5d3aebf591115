using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.VirtIOBus;

/// <content>
/// What this core can wait for together with other things, in a <see cref="WaitSet"/>. The sources are made with the bus;
/// each call answers with the same.
/// </content>
public sealed unsafe partial class BusEndpoint
{
    private readonly MessageSource?[] _messagesFrom;
    private readonly RoomSource?[] _roomTo;
    private readonly AnyMessageSource _messagesFromAny;

    /// <summary>
    /// Messages from any core. There is news while <see cref="TryRecvFromAny"/> would answer neither
    /// <see cref="BusStatus.Empty"/> nor <see cref="BusStatus.Peeked"/>.
    /// </summary>
    public WaitSource MessagesFromAny => _messagesFromAny;

    /// <summary>
    /// Messages from one core. There is news while there is a message, the link is broken, or this core has not initialized
    /// its queue; but none while a message is peeked in place.
    /// </summary>
    /// <param name="core">The sender.</param>
    /// <returns>Null when there is no such core.</returns>
    public WaitSource? MessagesFrom(int core) => (uint)core < (uint)_messagesFrom.Length ? _messagesFrom[core] : null;

    /// <summary>
    /// Room for a message to one core. There is news while there is room or the link is broken, but none before the
    /// receiver has initialized its queue, and none while room is reserved.
    /// </summary>
    /// <param name="core">The receiver.</param>
    /// <returns>Null when there is no such core.</returns>
    public WaitSource? RoomTo(int core) => (uint)core < (uint)_roomTo.Length ? _roomTo[core] : null;

    /// <summary>What to wait for until a loan is returned.</summary>
    /// <returns><see cref="BusStatus.Ok"/>, <see cref="BusStatus.NotLent"/> or <see cref="BusStatus.WrongCore"/>.</returns>
    internal BusStatus Find(BusLoan loan, out LentLink lent)
    {
        Link* link = OutgoingTo(loan.Core);
        lent = new LentLink(link, loan.Generation, loan.Message);
        if (IsWrongCore)
        {
            return BusStatus.WrongCore;
        }

        bool isLent = link != null && (lent.IsOfEarlierQueue || (int)(link->Sender.Filled - loan.Message) > 0);
        return isLent ? BusStatus.Ok : BusStatus.NotLent;
    }
}

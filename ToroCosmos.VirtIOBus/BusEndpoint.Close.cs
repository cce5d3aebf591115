using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.VirtIOBus;

/// <content>Leaving the bus.</content>
public sealed unsafe partial class BusEndpoint
{
    /// <summary>
    /// Closes all links of this core, in both directions. Messages that it kept back are sent before; room that it
    /// reserved and messages that it has peeked are given up. From now on its calls answer <see cref="BusStatus.Closed"/>,
    /// and those of other cores do: of one that receives when it has all messages that were sent before, of one that
    /// sends at the latest when the room is used up that it knows of, which nobody will receive. Cores that wait are
    /// woken. Memory that this core has lent it still awaits by <see cref="AwaitReturn(BusLoan)"/>. A link is used again when its
    /// two ends have reset it.
    /// </summary>
    /// <returns><see cref="BusStatus.Ok"/>.</returns>
    public BusStatus Close()
    {
        if (IsWrongCore)
        {
            return BusStatus.WrongCore;
        }

        for (int core = 0; core < _cores; core++)
        {
            if (core == Core)
            {
                continue;
            }

            // In this order: who finds that there are no more messages finds that it cannot send either.
            Link* incoming = IncomingFrom(core);
            EndRecord.Count(&incoming->ReceiverRecord, incoming->Receiver.Condition);
            incoming->Receiver.Close();
            SetState(&incoming->ReceiverState, incoming->ReceiverRecord.Generation | EndState.Closed, core);

            Link* outgoing = OutgoingTo(core);
            FlushTo(core, outgoing);
            EndRecord.Count(&outgoing->SenderRecord, outgoing->Sender.Condition);
            outgoing->Sender.Close();
            SetState(&outgoing->SenderState, outgoing->SenderRecord.Generation | EndState.Closed, core);
        }

        return BusStatus.Ok;
    }
}

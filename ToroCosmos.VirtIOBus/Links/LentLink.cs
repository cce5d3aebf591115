using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Waiting for lent memory to come back.</summary>
internal readonly unsafe struct LentLink(Link* link, uint generation, uint message) : IWaitable
{
    private readonly Link* _link = link;
    private readonly uint _generation = generation;
    private readonly uint _message = message;

    public int SourceCount => 1;

    public bool NeedsSecondLook => false;

    /// <summary>Whether the sender has reset the link since: the memory comes back when the receiver has too.</summary>
    public bool IsOfEarlierQueue => _generation != _link->SenderRecord.Generation;

    /// <summary>Whether the receiver is done with the memory.</summary>
    public bool IsReturned() => IsOfEarlierQueue
        ? EndState.Next(_generation) != _link->SenderRecord.Generation || Link.HasReceiverFollowed(_link)
        : _link->Sender.IsReturned(_message);

    public bool HasNews() =>
        IsReturned()
        || EndState.Of(RingMemory.Load(&_link->ReceiverState)) == EndState.Closed
        || (!IsOfEarlierQueue && (!Link.IsReceiverThere(_link) || !IsIntact));

    public void RequestWakeUp()
    {
        _link->SenderRecord.Sleeps++;
        _link->Sender.RequestWakeUp();
    }

    public void SuppressWakeUps() => _link->Sender.SuppressWakeUps();

    /// <summary>Whether the sender can still be told that the memory is returned, also when it has closed its end.</summary>
    public bool IsIntact => _link->Sender.Condition is QueueCondition.Working or QueueCondition.Closed;
}

using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// Waiting for room, and before that for the receiver to initialize its queue, at first or after a reset. It then wakes
/// the sender unasked, for there is no queue yet to announce sleep in.
/// </summary>
internal readonly unsafe struct OutgoingLink(Link* link) : IWaitable
{
    private readonly Link* _link = link;

    public int SourceCount => 1;

    public bool NeedsSecondLook => false;

    public bool HasNews()
    {
        if (_link->Sender.Condition != QueueCondition.NotInitialized)
        {
            return !Link.IsReceiverThere(_link) || _link->Sender.HasNews();
        }

        uint word = RingMemory.Load(&_link->ReceiverState);
        uint state = EndState.Of(word);
        return state == EndState.Closed
            || (state != EndState.NotReady && EndState.GenerationOf(word) == _link->SenderRecord.Generation);
    }

    public void RequestWakeUp()
    {
        _link->SenderRecord.Sleeps++;
        _link->Sender.RequestWakeUp();
    }

    public void SuppressWakeUps() => _link->Sender.SuppressWakeUps();
}

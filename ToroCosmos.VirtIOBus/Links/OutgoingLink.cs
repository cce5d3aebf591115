using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// Waiting for room, and before that for the receiver to initialise its queue. It then wakes the sender unasked, for
/// there is no queue yet to announce sleep in.
/// </summary>
internal readonly unsafe struct OutgoingLink(Link* link) : IWaitable
{
    private readonly Link* _link = link;

    public int SourceCount => 1;

    public bool NeedsSecondLook => false;

    public bool HasNews()
    {
        uint state = RingMemory.Load(&_link->ReceiverState);
        return _link->Sender.Condition == QueueCondition.NotInitialized
            ? state != EndState.NotReady
            : state == EndState.Broken || _link->Sender.HasNews();
    }

    public void RequestWakeUp() => _link->Sender.RequestWakeUp();

    public void SuppressWakeUps() => _link->Sender.SuppressWakeUps();
}

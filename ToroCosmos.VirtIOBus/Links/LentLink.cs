using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Waiting for lent memory to come back.</summary>
internal readonly unsafe struct LentLink(Link* link, uint message) : IWaitable
{
    private readonly Link* _link = link;
    private readonly uint _message = message;

    public int SourceCount => 1;

    public bool NeedsSecondLook => false;

    public bool HasNews() =>
        _link->Sender.IsReturned(_message)
        || _link->Sender.IsBroken
        || RingMemory.Load(&_link->ReceiverState) == EndState.Broken;

    public void RequestWakeUp() => _link->Sender.RequestWakeUp();

    public void SuppressWakeUps() => _link->Sender.SuppressWakeUps();
}

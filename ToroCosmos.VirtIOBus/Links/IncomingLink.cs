using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Waiting for a message.</summary>
internal readonly unsafe struct IncomingLink(Link* link) : IWaitable
{
    private readonly Link* _link = link;

    public int SourceCount => 1;

    public bool NeedsSecondLook => true;

    public bool HasNews() =>
        _link->Receiver.HasNews() || !Link.IsSenderThere(_link);

    public void RequestWakeUp()
    {
        _link->ReceiverRecord.Sleeps++;
        _link->Receiver.RequestWakeUp();
    }

    public void SuppressWakeUps() => _link->Receiver.SuppressWakeUps();
}

using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus;

/// <summary>Room for a message to one core, or the news that there will be none. While some is reserved there is no news.</summary>
internal sealed unsafe class RoomSource(BusEndpoint endpoint, Link* link) : BusSource(endpoint)
{
    private readonly Link* _link = link;

    public override bool CanHaveNews => !_link->Sender.IsHeld;

    public override bool HasNews() => !_link->Sender.IsHeld && new OutgoingLink(_link).HasNews();

    public override void RequestWakeUp() => new OutgoingLink(_link).RequestWakeUp();

    public override void SuppressWakeUps() => new OutgoingLink(_link).SuppressWakeUps();
}

using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus;

/// <summary>A message from one core, or the news that there will be none. While one is peeked there is no news.</summary>
internal sealed unsafe class MessageSource(BusEndpoint endpoint, Link* link) : BusSource(endpoint)
{
    private readonly Link* _link = link;

    public override bool CanHaveNews => !_link->Receiver.IsHeld;

    public override bool NeedsSecondLook => true;

    public override bool HasNews() => !_link->Receiver.IsHeld && new IncomingLink(_link).HasNews();

    public override void RequestWakeUp() => new IncomingLink(_link).RequestWakeUp();

    public override void SuppressWakeUps() => new IncomingLink(_link).SuppressWakeUps();
}

using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// A message from any core, or the news that there will be none from any. Links of which a message is peeked in place, and
/// broken ones, are passed over.
/// </summary>
internal sealed class AnyMessageSource(BusEndpoint endpoint, AnyIncomingLink links) : BusSource(endpoint)
{
    private readonly AnyIncomingLink _links = links;

    public override bool CanHaveNews => _links.IsOpen;

    public override bool NeedsSecondLook => true;

    public override bool HasNews() => _links.HasNews() || !(_links.IsOpen || _links.IsHeld);

    public override void RequestWakeUp() => _links.RequestWakeUp();

    public override void SuppressWakeUps() => _links.SuppressWakeUps();
}

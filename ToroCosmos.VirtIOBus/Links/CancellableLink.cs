using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Waiting for a link, or until the core is asked to wait no more.</summary>
/// <param name="link">What to wait for.</param>
/// <param name="cancel">Not 0 when the core is asked.</param>
internal readonly unsafe struct CancellableLink<TLink>(TLink link, uint* cancel) : IWaitable
    where TLink : struct, IWaitable
{
    private readonly TLink _link = link;
    private readonly uint* _cancel = cancel;

    public int SourceCount => _link.SourceCount;

    public bool NeedsSecondLook => _link.NeedsSecondLook;

    public bool HasNews() => _link.HasNews() || RingMemory.Load(_cancel) != 0;

    public void RequestWakeUp() => _link.RequestWakeUp();

    public void SuppressWakeUps() => _link.SuppressWakeUps();
}

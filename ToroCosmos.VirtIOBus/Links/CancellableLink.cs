using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Waiting for a link, or until the core is asked to wait no more.</summary>
internal readonly unsafe struct CancellableLink<TLink>(TLink link, uint* cancel) : IWaitableLink
    where TLink : struct, IWaitableLink
{
    private readonly TLink _link = link;
    private readonly uint* _cancel = cancel;

    public int LinkCount => _link.LinkCount;

    public bool HasNews() => _link.HasNews() || RingMemory.Load(_cancel) != 0;

    public void RequestWakeUp() => _link.RequestWakeUp();

    public void SuppressWakeUps() => _link.SuppressWakeUps();
}

using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Virtio.Transport;

/// <summary>Waiting for a queue alone.</summary>
internal readonly struct QueueNews(DeviceVirtqueue queue) : IWaitable
{
    private readonly DeviceVirtqueue _queue = queue;

    public int SourceCount => 1;

    public bool NeedsSecondLook => _queue.NeedsSecondLook;

    public bool HasNews() => _queue.HasNews();

    public void RequestWakeUp() => _queue.RequestWakeUp();

    public void SuppressWakeUps() => _queue.SuppressWakeUps();
}

namespace ToroCosmos.Smp.Waiting;

/// <summary>Waiting for news of any source of a set.</summary>
internal readonly struct WaitSetNews(WaitSet set) : IWaitable
{
    private readonly WaitSet _set = set;

    public int SourceCount => _set.Count;

    public bool NeedsSecondLook => _set.NeedsSecondLook;

    public bool HasNews() => _set.HasNews();

    public void RequestWakeUp() => _set.RequestWakeUp();

    public void SuppressWakeUps() => _set.SuppressWakeUps();
}

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Waiting for the sender to leave a link that is to be reset. It wakes the receiver unasked.</summary>
internal readonly unsafe struct LeftLink(Link* link) : IWaitableLink
{
    private readonly Link* _link = link;

    public int LinkCount => 1;

    public bool HasNews() => Link.HasSenderLeft(_link);

    /// <summary>Nothing to announce: who wakes unasked does so behind its word, and the last look comes after.</summary>
    public void RequestWakeUp()
    {
    }

    public void SuppressWakeUps()
    {
    }
}

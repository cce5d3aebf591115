using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>A source with a fault planted.</summary>
internal sealed class FaultySource(WaitSource source, SourceFault fault) : WaitSource(source.Core)
{
    private bool _isLastLook;

    public override bool CanHaveNews => source.CanHaveNews;

    /// <summary>To be called when a step begins: the one before may have been left anywhere.</summary>
    public void Reset() => _isLastLook = false;

    public override bool HasNews()
    {
        bool isLastLook = _isLastLook;
        _isLastLook = false;
        if (!isLastLook)
        {
            return source.HasNews();
        }

        if (fault == SourceFault.NoLastLook)
        {
            return false;
        }

        bool hasNews = source.HasNews();
        if (fault == SourceFault.AnnouncedAfterTheLastLook)
        {
            source.RequestWakeUp();
        }

        return hasNews;
    }

    public override void Flush()
    {
        if (fault != SourceFault.NotFlushed)
        {
            source.Flush();
        }
    }

    public override void RequestWakeUp()
    {
        _isLastLook = true;
        if (fault is not SourceFault.NotAnnounced and not SourceFault.AnnouncedAfterTheLastLook)
        {
            source.RequestWakeUp();
        }
    }

    public override void SuppressWakeUps()
    {
        if (fault != SourceFault.NotWithdrawn)
        {
            source.SuppressWakeUps();
        }
    }
}

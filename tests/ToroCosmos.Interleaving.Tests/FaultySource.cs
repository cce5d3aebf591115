using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>A source with a fault planted.</summary>
internal sealed class FaultySource(WaitSource source, SourceFault fault) : WaitSource(source.Core)
{
    /// <summary>Whether the core looks for the last time before it halts.</summary>
    private bool _isLastLook;

    public override bool CanHaveNews => source.CanHaveNews;

    public override bool NeedsSecondLook => fault != SourceFault.NotSettled && source.NeedsSecondLook;

    /// <summary>To be called when a step begins: the one before may have been left anywhere.</summary>
    public void Reset() => _isLastLook = false;

    /// <summary>To be called when the core halts.</summary>
    public void Halt()
    {
        _isLastLook = false;
        if (fault == SourceFault.AnnouncedAfterTheLastLook)
        {
            source.RequestWakeUp();
        }
    }

    public override bool HasNews() => !(fault == SourceFault.NoLastLook && _isLastLook) && source.HasNews();

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
        _isLastLook = false;
        if (fault != SourceFault.NotWithdrawn)
        {
            source.SuppressWakeUps();
        }
    }
}

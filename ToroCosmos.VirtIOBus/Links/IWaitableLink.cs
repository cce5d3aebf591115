namespace ToroCosmos.VirtIOBus.Links;

/// <summary>What a core can wait for. Implemented by structures, so that waiting is compiled for each of them.</summary>
internal interface IWaitableLink
{
    /// <summary>At how many links a look is: 1 or more.</summary>
    int LinkCount { get; }

    /// <summary>
    /// Whether the other side looks for the announcement without a fence behind what it shows: it may then miss an
    /// announcement after which this side does not see yet what was shown, and this side has to look again later.
    /// </summary>
    bool NeedsSecondLook { get; }

    /// <summary>Whether it is worth trying again: success, or a broken link.</summary>
    bool HasNews();

    /// <summary>Announces sleep; a last look at <see cref="HasNews"/> follows, ordered after it.</summary>
    void RequestWakeUp();

    /// <summary>Announces the end of sleep.</summary>
    void SuppressWakeUps();
}

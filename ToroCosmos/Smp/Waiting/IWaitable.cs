namespace ToroCosmos.Smp.Waiting;

/// <summary>What a core can wait for. Implemented by structures, so that waiting is compiled for each of them.</summary>
public interface IWaitable
{
    /// <summary>How many things a look is at: 1 or more.</summary>
    int SourceCount { get; }

    /// <summary>
    /// Whether the other side looks for the announcement without a fence behind what it publishes: it may then miss an
    /// announcement after which this side does not see yet what was published, and this side has to look again later.
    /// </summary>
    bool NeedsSecondLook { get; }

    /// <summary>Whether it is worth trying again: success, or a reason why there will be none.</summary>
    bool HasNews();

    /// <summary>Announces sleep. The <see cref="Waiter"/> fences, and looks at <see cref="HasNews"/> once more.</summary>
    void RequestWakeUp();

    /// <summary>Announces the end of sleep.</summary>
    void SuppressWakeUps();
}

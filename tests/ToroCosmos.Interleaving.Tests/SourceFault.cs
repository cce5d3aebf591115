namespace ToroCosmos.Interleaving.Tests;

/// <summary>What is wrong with a source of a wait set.</summary>
internal enum SourceFault
{
    None,

    /// <summary>It announces no sleep.</summary>
    NotAnnounced,

    /// <summary>It announces the sleep after the last look.</summary>
    AnnouncedAfterTheLastLook,

    /// <summary>It is left out in the last look before the sleep.</summary>
    NoLastLook,

    /// <summary>It does not withdraw the announcement of sleep.</summary>
    NotWithdrawn,

    /// <summary>The core does not wait until what was in the other side's store buffer can be seen.</summary>
    NotSettled,

    /// <summary>What is kept back for others stays back.</summary>
    NotFlushed,
}

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>How the machine goes from one state to another.</summary>
internal enum MoveKind
{
    /// <summary>The oldest store in a core's buffer reaches memory; a fence that waited for it ends.</summary>
    Drain,

    /// <summary>A core does what it is about to do.</summary>
    GoOn,

    /// <summary>A core that halted with a time limit goes on without an interrupt.</summary>
    TimeIsUp,
}

namespace ToroCosmos.KernelSuites;

/// <summary>What a hostile core does to its links.</summary>
internal enum HostileAttack
{
    /// <summary>Random bytes over everything in them that the other end reads or writes.</summary>
    Scribble,

    /// <summary>Indices that jump, in both directions.</summary>
    JumpingIndices,

    /// <summary>Messages whose element changes between a right one, a wrong id and a length beyond the buffer.</summary>
    ForgedElements,
}

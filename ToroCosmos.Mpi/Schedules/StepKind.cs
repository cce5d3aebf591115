namespace ToroCosmos.Mpi.Schedules;

/// <summary>What a step of a collective operation does.</summary>
internal enum StepKind
{
    /// <summary>Begins to send.</summary>
    Send,

    /// <summary>Begins to receive.</summary>
    Receive,

    /// <summary>Waits until all that was begun has ended.</summary>
    Wait,

    /// <summary>Copies elements.</summary>
    Copy,

    /// <summary>Combines elements: second = first op second.</summary>
    Combine,
}

namespace ToroCosmos.Smp.Waiting;

/// <summary>How a call of a <see cref="WaitSet"/> ended.</summary>
public enum WaitStatus
{
    /// <summary>Done; of a wait: a source has news.</summary>
    Ok = 0,

    /// <summary>No source has news.</summary>
    NoNews = 1,

    /// <summary>The time ran out before a source had news.</summary>
    TimedOut = 2,

    /// <summary>
    /// There is no source in the set, or none that could have news before this core itself does something: see
    /// <see cref="WaitSource"/>. Who waited would wait for ever.
    /// </summary>
    NothingToWaitFor = 3,

    /// <summary>The set holds as many sources as it can.</summary>
    Full = 4,

    /// <summary>The source is in the set already.</summary>
    AlreadyAdded = 5,

    /// <summary>The source is not in the set.</summary>
    NotAdded = 6,

    /// <summary>The source is null: what was asked for it does not exist.</summary>
    NoSuchSource = 7,

    /// <summary>The source wakes another core than the one that the set is for.</summary>
    WrongCore = 8,
}

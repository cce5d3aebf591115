namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>A fault that the seam plants into the product's code.</summary>
internal enum PlantedFault
{
    None,

    /// <summary>No fence between a message's index and the look whether the receiver sleeps.</summary>
    NoFenceAfterMessage,

    /// <summary>No fence between the index of free room and the look whether the sender sleeps.</summary>
    NoFenceAfterRoom,

    /// <summary>No fence between the announcement of sleep and the last look.</summary>
    NoFenceAfterAnnouncement,

    /// <summary>No fence between the news that a link is broken and the wake-up.</summary>
    NoFenceAfterState,

    /// <summary>No fence between a broadcast's indices and the looks whether the receivers sleep.</summary>
    NoFenceAfterBroadcast,

    /// <summary>No fence between the request that a core waits no more and the wake-up.</summary>
    NoFenceAfterCancel,

    /// <summary>A receiver resets a link though its sender has not.</summary>
    ResetBeforeSender,

    /// <summary>A receiver says that a queue is initialized before it is.</summary>
    StateBeforeQueue,

    /// <summary>The used index is written before the message and its element.</summary>
    IndexBeforeMessage,

    /// <summary>The used index is written before the used element's length.</summary>
    IndexBeforeLength,

    /// <summary>A broadcast wakes the cores that have the numbers of its steps.</summary>
    BroadcastWakesStep,

    /// <summary>No fence between a core's announcement of sleep and its last look at the word it waits for.</summary>
    NoFenceBeforeLastLook,

    /// <summary>No fence between a word and the look whether the core that waits for it sleeps.</summary>
    NoFenceAfterWord,

    /// <summary>A core is told of a function before it is told which.</summary>
    PostedBeforeFunction,

    /// <summary>A wake-up between the announcement of sleep and the halt is forgotten.</summary>
    ForgottenWakeUp,

    /// <summary>Every wake-up is lost.</summary>
    NoWakeUp,
}

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>A fault that the seam plants into the product's code.</summary>
internal enum PlantedFault
{
    None,

    /// <summary>No fence between a store and a load of the litmus tests.</summary>
    NoLitmusFence,

    /// <summary>
    /// A core that has announced its sleep does not wait for what was in store buffers when others looked for the announcement.
    /// </summary>
    NotSettled,

    /// <summary>No fence between the index of free room and the look whether the sender sleeps.</summary>
    NoFenceAfterRoom,

    /// <summary>No fence between the announcement of sleep and the last look.</summary>
    NoFenceAfterAnnouncement,

    /// <summary>No fence between what makes a driver's chain available and the look whether the device wants to know.</summary>
    NoFenceAfterAvailable,

    /// <summary>No fence between the request for an interrupt and the last look.</summary>
    NoFenceAfterRequest,

    /// <summary>A driver's chain is available before its descriptors are written.</summary>
    AvailableBeforeDescriptors,

    /// <summary>A receiver resets a link though its sender has not.</summary>
    ResetBeforeSender,

    /// <summary>A receiver says that a queue is initialized before it is.</summary>
    StateBeforeQueue,

    /// <summary>The used index is written before the message and its element.</summary>
    IndexBeforeMessage,

    /// <summary>The used index is written before the used element's length.</summary>
    IndexBeforeLength,

    /// <summary>Who sends wakes the core whose number is that of the step from it to the receiver.</summary>
    SenderWakesStep,

    /// <summary>No fence between a word and the look whether the core that waits for it sleeps.</summary>
    NoFenceAfterWord,

    /// <summary>A core is told of a function before it is told which.</summary>
    PostedBeforeFunction,

    /// <summary>A wake-up between the announcement of sleep and the halt is forgotten.</summary>
    ForgottenWakeUp,

    /// <summary>A wake-up arrives before what its sender stored earlier can be seen.</summary>
    WakeBeforeStores,

    /// <summary>Every wake-up is lost.</summary>
    NoWakeUp,
}

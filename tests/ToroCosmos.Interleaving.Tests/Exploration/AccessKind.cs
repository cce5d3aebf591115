namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>What a core does that depends on others, or that others can see.</summary>
internal enum AccessKind
{
    /// <summary>Reads a field.</summary>
    Load,

    /// <summary>Reads a field and writes it, with nothing between and its store buffer empty.</summary>
    Exchange,

    /// <summary>Waits until its store buffer is empty.</summary>
    Fence,

    /// <summary>Sends another core the interrupt that wakes it.</summary>
    Wake,

    /// <summary>Starts to remember interrupts: one that came before is gone.</summary>
    BeginSleep,

    /// <summary>Halts until an interrupt comes, or until the time is up when it has a limit.</summary>
    Sleep,

    /// <summary>Halts as <see cref="Sleep"/>, or until its timer has it look when store buffers have drained.</summary>
    SleepUntilLook,

    /// <summary>Waits for so long that what was in store buffers can be seen.</summary>
    Settle,

    /// <summary>Looks again and again: goes on when the field it looked at has changed, or when the time is up.</summary>
    Pause,

    /// <summary>Came to its end.</summary>
    End,
}

namespace ToroCosmos.Virtio.Drivers;

/// <summary>Whose a slot is.</summary>
internal enum BlockSlotState
{
    Free,

    /// <summary>On its way; a call waits for it.</summary>
    Awaited,

    /// <summary>On its way; the user asks for its end.</summary>
    Begun,

    /// <summary>On its way; nobody wants to know any more.</summary>
    Abandoned,

    /// <summary>Ended; whoever awaits it takes it.</summary>
    Ended,

    /// <summary>Ended; the user has not asked yet.</summary>
    EndedForUser,
}

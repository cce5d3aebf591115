namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>The next thing that a core does.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">
/// Of a load, an exchange or a pause: where in the memory. Of a wake: the core. Of a sleep: 1 when it has a time limit.
/// Of settling: 1 when it ends too early.
/// </param>
/// <param name="Bytes">Of a load, an exchange or a pause: the field's width.</param>
/// <param name="Place">The method it stands in.</param>
/// <param name="Value">Of an exchange: what the field gets. Of a pause: what it had.</param>
internal readonly record struct Access(AccessKind Kind, int Offset, int Bytes, string Place, ulong Value = 0)
{
    /// <summary>Whether it ends by itself when a time is up.</summary>
    public bool IsTimed => Kind == AccessKind.Pause || this is { Kind: AccessKind.Sleep or AccessKind.Settle, Offset: 1 };

    /// <summary>Whether it ends by itself when what was in store buffers can be seen.</summary>
    public bool EndsWithDrain => Kind == AccessKind.SleepUntilLook || this is { Kind: AccessKind.Settle, Offset: 0 };
}

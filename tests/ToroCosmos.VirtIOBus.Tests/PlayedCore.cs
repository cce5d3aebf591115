namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>A thread that plays the core whose endpoint it calls, or another one.</summary>
internal sealed class PlayedCore : CallingCore
{
    public bool IsOwn { get; set; } = true;

    public override bool Is(int core) => IsOwn;
}

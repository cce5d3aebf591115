using ToroCosmos.Interleaving.Tests.Exploration;

namespace ToroCosmos.Hardware;

/// <summary>A clock that stands still until the explorer lets a time limit pass.</summary>
public static class Clock
{
    public const ulong TicksPerSecond = 1_000_000_000;

    public static ulong Now => CoreRun.Current is { IsTimeUp: true } ? ulong.MaxValue - 1 : 0;
}

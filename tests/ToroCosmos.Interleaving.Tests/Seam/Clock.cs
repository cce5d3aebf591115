using ToroCosmos.Interleaving.Tests.Exploration;

namespace ToroCosmos.Platform;

/// <summary>A clock that stands still until the explorer lets a time limit pass; then a second goes by.</summary>
public static class Clock
{
    public const ulong TicksPerSecond = 1_000_000_000;

    public static ulong Now => CoreRun.Current is { } run ? (ulong)run.TimesUp * TicksPerSecond : 0;
}

using System.Diagnostics;

namespace ToroCosmos.Hardware;

/// <summary>A clock that never goes back and is the same on every core. Works in an ordinary process too.</summary>
public static class Clock
{
    /// <summary>Ticks of <see cref="Now"/> in a second.</summary>
    public static ulong TicksPerSecond => (ulong)Stopwatch.Frequency;

    /// <summary>The time since some moment in the past, in ticks.</summary>
    public static ulong Now => (ulong)Stopwatch.GetTimestamp();
}

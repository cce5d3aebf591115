using System.Diagnostics;

namespace ToroCosmos.Platform;

// Works in an ordinary process too.
public static partial class Clock
{
    public static partial ulong TicksPerSecond => (ulong)Stopwatch.Frequency;

    public static partial ulong Now => (ulong)Stopwatch.GetTimestamp();
}

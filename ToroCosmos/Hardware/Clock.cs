using ToroCosmos.Smp;

namespace ToroCosmos.Hardware;

/// <summary>A clock that never goes back and is the same on every core. Part of the hardware seam.</summary>
[AnyCore]
public static partial class Clock
{
    /// <summary>Ticks of <see cref="Now"/> in a second.</summary>
    public static partial ulong TicksPerSecond { get; }

    /// <summary>The time since some moment in the past, in ticks.</summary>
    public static partial ulong Now { get; }
}

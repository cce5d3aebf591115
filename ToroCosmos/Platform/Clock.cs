namespace ToroCosmos.Platform;

/// <summary>
/// A clock that never goes back on a core. <see cref="Smp.Cores.Start"/> makes it the same on every core where the processors
/// allow that; <see cref="Smp.Startup.StartReport.ClockSkew"/> says how far they are apart. Part of the hardware seam.
/// </summary>
[AnyCore]
public static partial class Clock
{
    /// <summary>Ticks of <see cref="Now"/> in a second.</summary>
    public static partial ulong TicksPerSecond { get; }

    /// <summary>The time since some moment in the past, in ticks.</summary>
    public static partial ulong Now { get; }
}

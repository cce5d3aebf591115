namespace ToroCosmos.Platform;

/// <summary>Time limits of calls that wait, in nanoseconds: 0 looks once.</summary>
[AnyCore]
public static class TimeLimit
{
    /// <summary>The time limit that never passes.</summary>
    public const ulong None = ulong.MaxValue;
}

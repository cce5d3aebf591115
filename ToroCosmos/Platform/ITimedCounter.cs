namespace ToroCosmos.Platform;

/// <summary>
/// A counter of constant rate that counts down, and the clock that it is compared with. Implemented by structures:
/// the clock is measured before there are objects.
/// </summary>
internal interface ITimedCounter
{
    /// <summary>The bits that the count has, all of them set; below 0 it goes on with these.</summary>
    uint Mask { get; }

    /// <summary>Reads the count.</summary>
    uint ReadCount();

    /// <summary>Reads the clock, in ticks.</summary>
    ulong ReadClock();
}

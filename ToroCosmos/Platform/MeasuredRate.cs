namespace ToroCosmos.Platform;

/// <summary>How many ticks of a clock a counter takes for so many counts.</summary>
/// <param name="Status">What was found.</param>
/// <param name="Ticks">Ticks of the clock, never too few for the counts; below 2^32.</param>
/// <param name="Counts">Counts of the counter; 0 when nothing was measured.</param>
internal readonly record struct MeasuredRate(RateStatus Status, ulong Ticks, uint Counts)
{
    /// <summary>Whether a count takes fewer ticks than in another sample.</summary>
    public bool IsFasterThan(in MeasuredRate other) => Ticks * other.Counts < other.Ticks * Counts;

    /// <summary>Whether a sample that is not faster is not slower by more than a 256th.</summary>
    public bool AgreesWith(in MeasuredRate slower)
    {
        ulong mine = Ticks * slower.Counts;
        return (slower.Ticks * Counts) - mine <= mine >> 8;
    }
}

using System;

namespace ToroCosmos.Benchmarking;

/// <summary>
/// Tells a computer that does nothing else from one that does, by the floor of latencies: it is a property of the computer,
/// so that the least of all is the true one, and one far above it was disturbed.
/// </summary>
public sealed class QuietFloor
{
    /// <summary>How many times the least floor one may be that still counts as quiet.</summary>
    public const double MostSpread = 1.3;

    private double _least = double.PositiveInfinity;

    /// <summary>Takes another floor into account.</summary>
    public void Add(double floor) => _least = Math.Min(_least, floor);

    /// <summary>Whether a floor is near the least that was seen until now.</summary>
    public bool IsQuiet(double floor) => floor <= MostSpread * _least;
}

using System.Collections.Generic;

namespace ToroCosmos.Benchmarking;

/// <summary>
/// Tells a computer that does nothing else from one that does, by the floor of latencies: what a tenth of all floors reach
/// is the computer's own, and one far above it was disturbed. The very least would not do: where two processors share a
/// core for a moment, a few floors are half of what the computer has otherwise.
/// </summary>
public sealed class QuietFloor
{
    /// <summary>How many times the computer's own floor one may be that still counts as quiet.</summary>
    public const double MaximumSpread = 1.3;

    private const int Tenth = 10;

    // In order.
    private readonly List<double> _floors = [];

    /// <summary>Takes another floor into account.</summary>
    public void Add(double floor)
    {
        int at = _floors.BinarySearch(floor);
        _floors.Insert(at < 0 ? ~at : at, floor);
    }

    /// <summary>Whether a floor is near the computer's own, as far as was seen until now, or below it.</summary>
    public bool IsQuiet(double floor) => _floors.Count == 0 || floor <= MaximumSpread * _floors[_floors.Count / Tenth];
}

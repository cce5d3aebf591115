using System;
using System.Globalization;

namespace BenchmarkRunner.Rows;

/// <summary>Sees by the floors whether other work disturbed a run: they are a property of the computer.</summary>
public static class Disturbance
{
    /// <summary>A floor that varies by more is disturbed.</summary>
    private const double MostSpread = 2;

    /// <summary>No cache line takes so long from core to core: the two cores shared a processor.</summary>
    private const double MostNanoseconds = 5000;

    /// <summary>Whether a row is a floor that was disturbed.</summary>
    public static bool IsSeenIn(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return RowBuilder.IsFloor(row.Name) && (row.Max > MostSpread * row.Min || (row.Metric == "ns" && row.Median > MostNanoseconds));
    }

    /// <summary>What to tell of it.</summary>
    public static string Describe(Row floor) => string.Create(
        CultureInfo.InvariantCulture,
        $"disturbed: {floor.Name} ({floor.Where}) took from {floor.Min} to {floor.Max} {floor.Metric}; other work took processors meanwhile, so run again");
}

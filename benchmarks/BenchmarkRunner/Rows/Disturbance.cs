using System;
using System.Globalization;

namespace BenchmarkRunner.Rows;

/// <summary>What other work disturbed, as the floors show it: they are a property of the computer.</summary>
public static class Disturbance
{
    /// <summary>No cache line takes so long from core to core: the two cores shared a processor.</summary>
    private const double MaximumNanoseconds = 5000;

    /// <summary>
    /// Whether a row was disturbed: its floor was never quiet; or it is the floor of latencies, and was not quiet in half of
    /// the cases.
    /// </summary>
    public static bool IsSeenIn(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.IsNeverQuiet
            || (RowBuilder.IsFlag(row.Name) && (row.Median > MaximumNanoseconds || 2 * row.Quiet < row.Values));
    }

    /// <summary>What to tell of it.</summary>
    public static string Describe(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string title = row.Bytes == 0 ? row.Name : string.Create(CultureInfo.InvariantCulture, $"{row.Name}, {row.Bytes} bytes");
        string finding = row.IsNeverQuiet ? "its floor was never quiet"
            : 2 * row.Quiet < row.Values ? $"quiet {row.Quiet} times of {row.Values}"
            : string.Create(CultureInfo.InvariantCulture, $"{row.Median} {row.Metric}, as long as a turn of the scheduler");
        return $"disturbed: {title} ({row.Where}, {row.Metric}): {finding}; other work took processors meanwhile, so run again";
    }
}

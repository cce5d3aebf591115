using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BenchmarkRunner.Rows;

namespace BenchmarkRunner.Goals;

/// <summary>A number that the bus should reach. It informs: nothing fails by a goal that is missed.</summary>
/// <param name="What">What is compared, in words.</param>
/// <param name="IsMost">Whether the limit is the most, or the least, that it may be.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Unit">Of limit and value, as it follows a number.</param>
/// <param name="Measure">Finds the value; null when the rows for it are not there.</param>
public sealed record Goal(string What, bool IsMost, double Limit, string Unit, Func<IReadOnlyList<Row>, double?> Measure)
{
    /// <summary>A floor cannot be beaten, but for some noise.</summary>
    private const double MinimumRatio = 0.8;

    /// <summary>Whether the rows reach it; null when they do not tell.</summary>
    public bool? IsMet(IReadOnlyList<Row> rows) =>
        Measure(rows) is { } value ? (IsMost ? value <= Limit : value >= Limit) : null;

    /// <summary>The goal and how it stands, in a line.</summary>
    public string Describe(IReadOnlyList<Row> rows)
    {
        string goal = $"goal: {What} {(IsMost ? "≤" : "≥")} {Text(Limit)}{Unit}";
        if (Measure(rows) is not { } value)
        {
            return $"{goal}: not measured";
        }

        double by = IsMost ? value / Limit : Limit / value;
        return IsMet(rows) == true
            ? $"{goal}: met, {Text(value)}{Unit}"
            : $"{goal}: missed by {Text(by)}×, {Text(value)}{Unit}";
    }

    /// <summary>The median of a row.</summary>
    public static Func<IReadOnlyList<Row>, double?> Median(string name, string where, int bytes, string metric) =>
        rows => Find(rows, name, where, bytes, metric)?.Median;

    /// <summary>The ratio of a row to its floor; none when it is far below 1, because then the floor was disturbed.</summary>
    public static Func<IReadOnlyList<Row>, double?> Ratio(string name, string where, int bytes) =>
        rows => Find(rows, name, where, bytes, "ns")?.Ratio is >= MinimumRatio and { } ratio ? ratio : null;

    /// <summary>How many times as long as a row another one takes.</summary>
    public static Func<IReadOnlyList<Row>, double?> TimesFaster(string name, string than, string where, int bytes) =>
        rows => Find(rows, than, where, bytes, "ns")?.Median / Find(rows, name, where, bytes, "ns")?.Median;

    private static Row? Find(IReadOnlyList<Row> rows, string name, string where, int bytes, string metric) =>
        rows.FirstOrDefault(row => row.Name == name && row.Where == where && row.Bytes == bytes && row.Metric == metric);

    private static string Text(double value) =>
        value.ToString(value >= 100 ? "0" : value >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture);
}

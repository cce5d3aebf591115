using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkRunner.Rows;

namespace BenchmarkRunner.Plots;

/// <summary>One of the plot's pictures: a value over the length of messages, a line for each subject.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Where">Whose rows.</param>
/// <param name="Suffix">What their names end with; the subject is before it.</param>
/// <param name="Metric">Their unit.</param>
/// <param name="Ticks">The marks of the axis of values, as gnuplot takes them.</param>
public sealed record PlotPanel(string Title, string Where, string Suffix, string Metric, string Ticks)
{
    private const string FlagSubject = "flag";

    private const string Times =
        "'1 ns' 1, '10 ns' 10, '100 ns' 100, '1 µs' 1e3, '10 µs' 1e4, '100 µs' 1e5, '1 ms' 1e6, '10 ms' 1e7, '100 ms' 1e8";

    private const string Rates =
        "'10/s' 1e-5, '100/s' 1e-4, '1,000/s' 1e-3, '10,000/s' 1e-2, '100,000/s' 0.1, '1 million/s' 1, '10 million/s' 10, '100 million/s' 100";

    public static readonly IReadOnlyList<PlotPanel> All =
    [
        new("Host: a message one way", "host", "-oneway", "ns", Times),
        new("Host: messages a second", "host", "-stream", "Mmsg/s", Rates),
        new("Guest: a message one way", "guest", "-oneway", "ns", Times),
        new("Guest: messages a second", "guest", "-stream", "Mmsg/s", Rates),
    ];

    /// <summary>The subjects and their points, in the order of the rows.</summary>
    public IReadOnlyList<(string Subject, Row[] Points)> Lines(IReadOnlyList<Row> rows) =>
    [
        .. rows
            .Where(row => row.Where == Where && row.Metric == Metric && row.Name.EndsWith(Suffix, StringComparison.Ordinal))
            .GroupBy(row => row.Name[..^Suffix.Length])
            .Where(group => !IsFloor(group.Key))
            .Select(group => (group.Key, group.OrderBy(row => row.Bytes).ToArray())),
    ];

    /// <summary>The floors, which hold for every length.</summary>
    public IReadOnlyList<(string Subject, double Value)> Floors(IReadOnlyList<Row> rows) =>
    [
        .. rows
            .Where(row => row.Where == Where && row.Metric == Metric && row.Name.EndsWith(Suffix, StringComparison.Ordinal))
            .Where(row => IsFloor(row.Name[..^Suffix.Length]))
            .Select(row => (row.Name[..^Suffix.Length], row.Median)),
    ];

    private static bool IsFloor(string subject) => subject.EndsWith(FlagSubject, StringComparison.Ordinal);
}

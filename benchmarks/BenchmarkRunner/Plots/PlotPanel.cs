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
/// <param name="Label">The axis of values.</param>
public sealed record PlotPanel(string Title, string Where, string Suffix, string Metric, string Label)
{
    private const string FlagSubject = "flag";

    public static readonly IReadOnlyList<PlotPanel> All =
    [
        new("Host: latency", "host", "-oneway", "ns", "one way [ns]"),
        new("Host: throughput", "host", "-stream", "Mmsg/s", "messages [million/s]"),
        new("Guest: latency", "guest", "-oneway", "ns", "one way [ns]"),
        new("Guest: throughput", "guest", "-stream", "Mmsg/s", "messages [million/s]"),
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

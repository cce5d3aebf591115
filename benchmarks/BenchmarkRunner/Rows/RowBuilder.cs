using System;
using System.Collections.Generic;
using System.Linq;
using RowKey = (string Name, int Cores, int Bytes, string Metric);

namespace BenchmarkRunner.Rows;

/// <summary>Makes rows of samples.</summary>
public static class RowBuilder
{
    private const string FlagName = "flag-oneway";
    private const string CopyName = "copy";
    private const string StreamSuffix = "-stream";

    /// <summary>From this length on, messages are told in MB/s too.</summary>
    private const int FirstOfBandwidth = 1024;

    /// <summary>Makes the rows of a program, in the order in which it told their first samples.</summary>
    /// <param name="where"><c>host</c> or <c>guest</c>.</param>
    /// <param name="samples">All that the program told, in all its runs: its floors are those of its rows.</param>
    public static IReadOnlyList<Row> Build(string where, IReadOnlyList<Sample> samples)
    {
        ILookup<RowKey, double> ratios = LatencyRatios(samples);
        Row[] rows =
        [
            .. samples.SelectMany(WithBandwidth)
                .GroupBy(Key)
                .Select(group => Summarise(where, group) with { Ratio = Median(ratios[group.Key]) }),
        ];
        return [.. rows.Select(row => WithFloor(row, rows))];
    }

    /// <summary>Whether others are compared with the rows of this name.</summary>
    public static bool IsFloor(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name == CopyName || name.EndsWith(FlagName, StringComparison.Ordinal);
    }

    private static RowKey Key(Sample sample) => (sample.Name, sample.Cores, sample.Bytes, sample.Metric);

    /// <summary>How many times as long as the flag that was told last before it each latency took.</summary>
    private static ILookup<RowKey, double> LatencyRatios(IReadOnlyList<Sample> samples)
    {
        List<(RowKey Key, double Ratio)> ratios = [];
        double? flag = null;
        foreach (Sample sample in samples.Where(sample => sample.Metric == "ns"))
        {
            flag = IsFloor(sample.Name) ? sample.Value : flag;
            if (flag is { } floor)
            {
                ratios.Add((Key(sample), sample.Value / floor));
            }
        }

        return ratios.ToLookup(pair => pair.Key, pair => pair.Ratio);
    }

    private static double? Median(IEnumerable<double> ratios) =>
        ratios.Any() ? Statistics.Round(Statistics.Median(ratios)) : null;

    private static Sample[] WithBandwidth(Sample sample) =>
        sample.Bytes >= FirstOfBandwidth && sample.Name.EndsWith(StreamSuffix, StringComparison.Ordinal)
            ? [sample, sample with { Metric = "MB/s", Value = sample.Value * sample.Bytes }]
            : [sample];

    private static Row Summarise(string where, IEnumerable<Sample> group)
    {
        Sample first = group.First();
        double[] values = [.. group.Select(sample => sample.Value)];
        return new Row(
            first.Name,
            where,
            first.Cores,
            first.Bytes,
            first.Metric,
            Statistics.Round(Statistics.Median(values)),
            Statistics.Round(values.Min()),
            Statistics.Round(values.Max()),
            Floor: null,
            Ratio: null);
    }

    private static Row WithFloor(Row row, Row[] all)
    {
        Row? floor = row.Metric switch
        {
            "ns" => all.FirstOrDefault(other => other.Metric == "ns" && other.Name.EndsWith(FlagName, StringComparison.Ordinal)),
            "MB/s" => all.FirstOrDefault(other => other.Metric == "MB/s" && other.Name == CopyName && other.Bytes == row.Bytes),
            _ => null,
        };
        return floor is null
            ? row
            : row with { Floor = floor.Median, Ratio = row.Ratio ?? Statistics.Round(floor.Median / row.Median) };
    }
}

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
        IReadOnlyList<JudgedSample> judged = JudgedSample.Judge(samples);
        Row[] rows = [.. judged.SelectMany(WithBandwidth).GroupBy(value => Key(value.Sample)).Select(group => Summarize(where, group))];
        return [.. rows.Select(row => WithFloor(row, rows))];
    }

    /// <summary>Whether the rows of this name are a floor of latencies.</summary>
    public static bool IsFlag(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(FlagName, StringComparison.Ordinal);
    }

    /// <summary>Whether others are compared with the rows of this name.</summary>
    public static bool IsFloor(string name) => IsFlag(name) || name == CopyName;

    private static RowKey Key(Sample sample) => (sample.Name, sample.Cores, sample.Bytes, sample.Metric);

    private static JudgedSample[] WithBandwidth(JudgedSample judged)
    {
        Sample sample = judged.Sample;
        return sample.Bytes >= FirstOfBandwidth && sample.Name.EndsWith(StreamSuffix, StringComparison.Ordinal)
            ? [judged, judged with { Sample = sample with { Metric = "MB/s", Value = sample.Value * sample.Bytes } }]
            : [judged];
    }

    private static Row Summarize(string where, IEnumerable<JudgedSample> group)
    {
        JudgedSample[] all = [.. group];
        JudgedSample[] quiet = [.. all.Where(value => value.IsQuiet == true)];
        JudgedSample[] counted = quiet.Length > 0 ? quiet : all;
        double[] values = [.. counted.Select(value => value.Sample.Value)];
        double[] ratios = [.. counted.Select(value => value.Ratio).OfType<double>()];
        Sample first = all[0].Sample;
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
            ratios.Length > 0 ? Statistics.Round(Statistics.Median(ratios)) : null,
            all.Length,
            all.Any(value => value.IsQuiet is not null) ? quiet.Length : null);
    }

    private static Row WithFloor(Row row, Row[] all)
    {
        Row? floor = row.Metric switch
        {
            "ns" => all.FirstOrDefault(other => other.Metric == "ns" && IsFlag(other.Name)),
            "MB/s" => all.FirstOrDefault(other => other.Metric == "MB/s" && other.Name == CopyName && other.Bytes == row.Bytes),
            _ => null,
        };
        return floor is null
            ? row
            : row with { Floor = floor.Median, Ratio = row.Ratio ?? Statistics.Round(floor.Median / row.Median) };
    }
}

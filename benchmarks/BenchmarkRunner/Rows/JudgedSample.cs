using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Benchmarking;

namespace BenchmarkRunner.Rows;

/// <summary>A sample, and what the floors beside it say of it.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="IsQuiet">
/// Whether the floors of latencies told last before it and first after it were both quiet; null when the program tells none.
/// </param>
/// <param name="Ratio">How many times as long as the floor before it a latency took; null for anything else.</param>
public sealed record JudgedSample(Sample Sample, bool? IsQuiet, double? Ratio)
{
    /// <summary>Judges what a program told, in the order in which it did, by what a tenth of all floors of its runs reach.</summary>
    public static IReadOnlyList<JudgedSample> Judge(IReadOnlyList<Sample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var quiet = new QuietFloor();
        foreach (Sample floor in samples.Where(IsFlag))
        {
            quiet.Add(floor.Value);
        }

        double?[] after = new double?[samples.Count];
        double? next = null;
        for (int i = samples.Count - 1; i >= 0; i--)
        {
            next = IsFlag(samples[i]) ? samples[i].Value : next;
            after[i] = next;
        }

        List<JudgedSample> judged = [];
        double? before = null;
        for (int i = 0; i < samples.Count; i++)
        {
            Sample sample = samples[i];
            before = IsFlag(sample) ? sample.Value : before;
            double?[] beside = [before, after[i]];
            judged.Add(new JudgedSample(
                sample,
                beside.Any(floor => floor is not null) ? beside.All(floor => floor is null || quiet.IsQuiet(floor.Value)) : null,
                sample.Metric == "ns" ? sample.Value / before : null));
        }

        return judged;
    }

    private static bool IsFlag(Sample sample) => sample.Metric == "ns" && RowBuilder.IsFlag(sample.Name);
}

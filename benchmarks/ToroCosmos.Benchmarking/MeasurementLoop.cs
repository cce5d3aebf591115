using System;
using System.Collections.Generic;
using System.Globalization;

namespace ToroCosmos.Benchmarking;

/// <summary>
/// Runs measurements, interleaved: each once in every repetition, so that what disturbs the computer meanwhile disturbs
/// all alike. Each value is told in a line of its own; whoever reads them takes medians and spread. Right before each
/// latency the floor of latencies is measured again, because on a shared computer it changes within seconds: the ratio of
/// the two is worth more than either.
/// </summary>
/// <param name="cores">How many cores take part.</param>
/// <param name="print">Takes a line.</param>
public sealed class MeasurementLoop(int cores, Action<string> print)
{
    /// <summary>How long a batch is: far longer than a look at the clock, and shorter than a turn of a scheduler.</summary>
    private const double BatchNanoseconds = 200e3;

    /// <summary>A batch that takes so long tells how many rounds are needed.</summary>
    private const double CalibrationNanoseconds = BatchNanoseconds / 4;

    /// <summary>How long a value is measured, where a single round does not take longer than a batch.</summary>
    private const double ValueNanoseconds = 20e6;

    private const int CalibrationBatches = 9;
    private const int FewestBatches = 9;
    private const int Growth = 4;
    private const int MostRounds = 1_000_000;

    /// <summary>Warms up, finds how many rounds each measurement needs, and runs them.</summary>
    /// <param name="all">What can be measured.</param>
    /// <param name="repetitions">How many values of each.</param>
    /// <param name="filter">What is measured has this text in its name; the floors are, too, if anything is.</param>
    public void Run(IEnumerable<Measurement> all, int repetitions, string filter)
    {
        List<Measurement> measurements = Choose(all, filter);
        var sizes = new (int Batches, int Rounds)[measurements.Count];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Calibrate(measurements[i]);
        }

        int floor = measurements.FindIndex(IsFloorOfLatencies);
        for (int repetition = 1; repetition <= repetitions; repetition++)
        {
            print("repetition " + repetition + " of " + repetitions);
            for (int i = 0; i < sizes.Length; i++)
            {
                if (floor >= 0 && floor != i - 1 && measurements[i] is { IsFloor: false, Metric: Metric.Nanoseconds })
                {
                    Tell(measurements[floor], sizes[floor]);
                }

                Tell(measurements[i], sizes[i]);
            }
        }
    }

    private static bool IsFloorOfLatencies(Measurement measurement) =>
        measurement is { IsFloor: true, Metric: Metric.Nanoseconds };

    private void Tell(Measurement measurement, (int Batches, int Rounds) size)
    {
        double value = measurement.Value(size.Rounds, MedianBatch(measurement, size.Batches, size.Rounds));
        print(string.Create(
            CultureInfo.InvariantCulture,
            $"bench {measurement.Name} cores={cores} bytes={measurement.Bytes} {measurement.Unit}={value:F6}"));
    }

    private static List<Measurement> Choose(IEnumerable<Measurement> all, string filter)
    {
        List<Measurement> chosen = [];
        bool isAny = false;
        foreach (Measurement measurement in all)
        {
            bool fits = measurement.Name.Contains(filter, StringComparison.Ordinal);
            isAny |= fits;
            if (fits || measurement.IsFloor)
            {
                chosen.Add(measurement);
            }
        }

        return isAny ? chosen : [];
    }

    private static (int Batches, int Rounds) Calibrate(Measurement measurement)
    {
        int rounds = 1;
        double time = MedianBatch(measurement, CalibrationBatches, rounds);
        while (time < CalibrationNanoseconds && rounds < MostRounds)
        {
            rounds *= Growth;
            time = MedianBatch(measurement, CalibrationBatches, rounds);
        }

        double round = Math.Max(time, 1) / rounds;
        rounds = (int)Math.Clamp(BatchNanoseconds / round, 1, MostRounds);
        int batches = (int)Math.Clamp(ValueNanoseconds / (rounds * round), FewestBatches, ValueNanoseconds / BatchNanoseconds);
        return (batches, rounds);
    }

    private static double MedianBatch(Measurement measurement, int count, int rounds)
    {
        var batches = new Batches(count, rounds);
        measurement.Run(batches);
        return batches.MedianBatch();
    }
}

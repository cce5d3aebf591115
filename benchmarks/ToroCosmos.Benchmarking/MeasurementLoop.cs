using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;

namespace ToroCosmos.Benchmarking;

/// <summary>
/// Runs measurements, interleaved: each once in every repetition, so that what disturbs the computer meanwhile disturbs
/// all alike. Each value is told in a line of its own; whoever reads them takes medians and spread. On a shared computer
/// the floor of latencies changes within seconds, so it is measured right before and right after each value. A value
/// whose floor was not quiet both times (<see cref="QuietFloor"/>) is measured again, for a bounded time: then the last
/// one is told, and whoever reads sees by the floors beside it what it is worth.
/// </summary>
/// <param name="cores">How many cores take part.</param>
/// <param name="print">Takes a line.</param>
/// <param name="clock">The time, in ticks of <see cref="Stopwatch"/>; null for its own.</param>
public sealed class MeasurementLoop(int cores, Action<string> print, Func<long>? clock = null)
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
    private const int MaximumRounds = 1_000_000;

    /// <summary>How often a value is measured until its floor was quiet.</summary>
    private const int MaximumAttempts = 5;

    /// <summary>How long the second and further attempts of all values together may take.</summary>
    private const int MaximumSecondsAgain = 20;

    private readonly Func<long> _clock = clock ?? Stopwatch.GetTimestamp;
    private readonly QuietFloor _quiet = new();
    private long _ticksAgain;

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
        double before = floor < 0 ? 0 : TellFloor(measurements[floor], sizes[floor]);
        for (int repetition = 1; repetition <= repetitions; repetition++)
        {
            print("repetition " + repetition + " of " + repetitions);
            for (int i = 0; i < sizes.Length; i++)
            {
                if (floor < 0)
                {
                    Tell(measurements[i], Value(measurements[i], sizes[i]));
                }
                else if (i != floor)
                {
                    before = TellBetweenFloors(measurements[i], sizes[i], measurements[floor], sizes[floor], before);
                }
            }
        }
    }

    private static bool IsFloorOfLatencies(Measurement measurement) =>
        measurement is { IsFloor: true, Metric: Metric.Nanoseconds };

    /// <summary>Measures something until the floors on both sides are quiet.</summary>
    /// <returns>The floor after it, which is the one before the next.</returns>
    private double TellBetweenFloors(
        Measurement measurement, (int Batches, int Rounds) size, Measurement floor, (int Batches, int Rounds) floorSize, double before)
    {
        for (int attempt = 1; ; attempt++)
        {
            long begin = _clock();
            double value = Value(measurement, size);
            double after = Value(floor, floorSize);
            _ticksAgain += attempt > 1 ? _clock() - begin : 0;
            _quiet.Add(after);
            bool isLast = attempt >= MaximumAttempts || _ticksAgain >= MaximumSecondsAgain * Stopwatch.Frequency;
            if (isLast || (_quiet.IsQuiet(before) && _quiet.IsQuiet(after)))
            {
                Tell(measurement, value);
                Tell(floor, after);
                return after;
            }

            Tell(floor, after);
            before = after;
        }
    }

    private double TellFloor(Measurement floor, (int Batches, int Rounds) size)
    {
        double value = Value(floor, size);
        _quiet.Add(value);
        Tell(floor, value);
        return value;
    }

    private double Value(Measurement measurement, (int Batches, int Rounds) size) =>
        measurement.Value(size.Rounds, MedianBatch(measurement, size.Batches, size.Rounds));

    private void Tell(Measurement measurement, double value) => print(string.Create(
        CultureInfo.InvariantCulture,
        $"bench {measurement.Name} cores={cores} bytes={measurement.Bytes} {measurement.Unit}={value:F6}"));

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

    private (int Batches, int Rounds) Calibrate(Measurement measurement)
    {
        int rounds = 1;
        double time = MedianBatch(measurement, CalibrationBatches, rounds);
        while (time < CalibrationNanoseconds && rounds < MaximumRounds)
        {
            rounds *= Growth;
            time = MedianBatch(measurement, CalibrationBatches, rounds);
        }

        double round = Math.Max(time, 1) / rounds;
        rounds = (int)Math.Clamp(BatchNanoseconds / round, 1, MaximumRounds);
        int batches = (int)Math.Clamp(ValueNanoseconds / (rounds * round), FewestBatches, ValueNanoseconds / BatchNanoseconds);
        return (batches, rounds);
    }

    private double MedianBatch(Measurement measurement, int count, int rounds)
    {
        var batches = new Batches(count, rounds, _clock);
        measurement.Run(batches);
        return batches.MedianBatch();
    }
}

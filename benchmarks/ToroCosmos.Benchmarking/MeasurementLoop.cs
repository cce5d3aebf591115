using System;
using System.Collections.Generic;
using System.Globalization;

namespace ToroCosmos.Benchmarking;

/// <summary>
/// Runs measurements, interleaved: each once in every repetition, so that what disturbs the computer meanwhile disturbs
/// all alike. Each value is told in a line of its own; whoever reads them takes medians and spread.
/// </summary>
/// <param name="cores">How many cores take part.</param>
/// <param name="print">Takes a line.</param>
public sealed class MeasurementLoop(int cores, Action<string> print)
{
    /// <summary>How long a value is measured: long beside a start and a stop, short beside what disturbs the host.</summary>
    private const double RunNanoseconds = 20e6;

    /// <summary>A first run that took so long tells how many rounds are needed.</summary>
    private const double CalibrationNanoseconds = RunNanoseconds / 8;

    private const int FirstRounds = 4;
    private const int Growth = 4;
    private const int MostRounds = 50_000_000;

    /// <summary>Warms up, finds how many rounds each measurement needs, and runs them.</summary>
    /// <param name="all">What can be measured.</param>
    /// <param name="repetitions">How many values of each.</param>
    /// <param name="filter">What is measured has this text in its name; the floors are, too, if anything is.</param>
    public void Run(IEnumerable<Measurement> all, int repetitions, string filter)
    {
        List<Measurement> measurements = Choose(all, filter);
        int[] rounds = new int[measurements.Count];
        for (int i = 0; i < rounds.Length; i++)
        {
            rounds[i] = Calibrate(measurements[i]);
        }

        for (int repetition = 1; repetition <= repetitions; repetition++)
        {
            print("repetition " + repetition + " of " + repetitions);
            for (int i = 0; i < rounds.Length; i++)
            {
                Measurement measurement = measurements[i];
                double value = measurement.Value(rounds[i], measurement.Run(rounds[i]));
                print(string.Create(
                    CultureInfo.InvariantCulture,
                    $"bench {measurement.Name} cores={cores} bytes={measurement.Bytes} {measurement.Unit}={value:F6}"));
            }
        }
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

    private static int Calibrate(Measurement measurement)
    {
        int rounds = FirstRounds;
        double time = measurement.Run(rounds);
        while (time < CalibrationNanoseconds && rounds < MostRounds)
        {
            rounds *= Growth;
            time = measurement.Run(rounds);
        }

        return (int)Math.Clamp(rounds * RunNanoseconds / Math.Max(time, 1), 1, MostRounds);
    }
}

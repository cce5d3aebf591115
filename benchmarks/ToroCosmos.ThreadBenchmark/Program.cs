using System;

namespace ToroCosmos.ThreadBenchmark;

/// <summary>
/// What threads cost: the same program as a kernel and as a process. One line for each measurement: its name, the number of
/// processors, median, minimum and maximum of the repetitions, and the unit.
/// </summary>
internal static class Program
{
    private const int Repetitions = 7;

    private static int Main()
    {
        Measure("thread-start-join", "ns", ThreadMeasurements.StartAndJoin);
        Measure("event-handover", "ns", ThreadMeasurements.HandOver);
        Measure("yield", "ns", ThreadMeasurements.Yield);
        Measure("lock-uncontended", "ns", ThreadMeasurements.LockAlone);
        Measure("lock-contended", "ns", ThreadMeasurements.LockTogether);
        Measure("task-run-wait", "ns", ThreadMeasurements.RunTask);
        Measure("parallel-for-speedup", "times", ThreadMeasurements.ParallelSpeedup);
        Measure("timer-lateness-median", "us", () => ThreadMeasurements.TimerLateness().Median);
        Measure("timer-lateness-worst", "us", () => ThreadMeasurements.TimerLateness().Worst);
        return 0;
    }

    private static void Measure(string name, string unit, Func<double> measurement)
    {
        measurement();
        double[] values = new double[Repetitions];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = measurement();
        }

        Array.Sort(values);
        Console.WriteLine($"{name} {Environment.ProcessorCount} {values[Repetitions / 2]:F1} {values[0]:F1} {values[^1]:F1} {unit}");
    }
}

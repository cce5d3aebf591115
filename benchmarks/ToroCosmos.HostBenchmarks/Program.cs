using System;
using System.CommandLine;
using ToroCosmos.Benchmarking;
using ToroCosmos.Memory;

namespace ToroCosmos.HostBenchmarks;

/// <summary>Measures between two threads, each on a processor of its own.</summary>
internal static class Program
{
    private const int BadUsage = 2;
    private const int CannotMeasure = 3;

    private static readonly Option<int> s_repetitions = new("--repetitions")
    {
        Description = "How many values of each measurement (5).",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<string> s_filter = new("--filter")
    {
        Description = "A text that the names of the measurements contain.",
        DefaultValueFactory = _ => "",
    };

    private static int Main(string[] arguments)
    {
        var root = new RootCommand("Measures the bus and its peers between two threads, each on a processor of its own.")
        {
            s_repetitions,
            s_filter,
        };
        root.SetAction(parsed => Run(parsed.GetValue(s_repetitions), parsed.GetValue(s_filter)!));
        ParseResult parsed = root.Parse(arguments);
        return parsed.Errors.Count > 0 ? Tell(BadUsage, parsed.Errors[0].Message) : parsed.Invoke();
    }

    private static int Run(int repetitions, string filter)
    {
        if (repetitions < 1)
        {
            return Tell(BadUsage, "--repetitions must be 1 or more.");
        }

        if (ProcessorPinning.FindTwo(out string problem) is not (int first, int second))
        {
            return Tell(CannotMeasure, problem);
        }

        ProcessorPinning.PinThisThread(first);
        Console.WriteLine("copies by " + (CopyMeasurement.Tune() ? "vectors" : "words"));
        using var other = new PinnedThread(second);
        new MeasurementLoop(cores: 2, Console.WriteLine).Run(HostPlan.Create(other), repetitions, filter);
        return 0;
    }

    private static int Tell(int exitCode, string message)
    {
        Console.Error.WriteLine($"HostBenchmarks: {message}");
        return exitCode;
    }
}

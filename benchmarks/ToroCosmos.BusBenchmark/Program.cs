using ToroCosmos.Benchmarking;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Measurement;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.BusBenchmark;

/// <summary>
/// Measures the bus on a booted machine, beside what no bus can be faster than. The command line chooses the plan:
/// see <see cref="BenchmarkOptions"/>.
/// </summary>
internal static class Program
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    private static int Main(string[] arguments)
    {
        BenchmarkOptions options = BenchmarkOptions.Parse(arguments);
        if (options.Error.Length > 0)
        {
            MachineConsole.WriteLine("ToroCosmos.BusBenchmark: " + options.Error);
            return BadUsage;
        }

        StartReport report = Cores.Start();
        if (report.Status != StartStatus.Ok || Cores.Count < 2)
        {
            MachineConsole.WriteLine("ToroCosmos.BusBenchmark: two cores are needed; online: " + Cores.Count);
            return Failed;
        }

        MachineConsole.WriteLine("waits " + WaitMeasurement.Tune() + " " + Cores.Lengths);
        MachineConsole.WriteLine("copies by " + (CopyMeasurement.Tune() ? "vectors" : "words"));
        new MeasurementLoop(Cores.Count, MachineConsole.WriteLine)
            .Run(Plans.Find(options.Plan)!(), options.Repetitions, options.Filter);
        return 0;
    }
}

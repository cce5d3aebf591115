using ToroCosmos.Hardware;
using ToroCosmos.Smp;

namespace ToroCosmos.BusBenchmark;

/// <summary>
/// Measures the bus on a booted machine, beside the floor: a bare flag between two cores. Each line is one value of one
/// repetition, so that whoever reads them can take medians and spread.
/// </summary>
internal static class Program
{
    private const int Repetitions = 7;

    private static int Main()
    {
        StartReport report = Cores.Start();
        if (report.Status != StartStatus.Ok || Cores.Count < 2)
        {
            MachineConsole.WriteLine("ToroCosmos.BusBenchmark: two cores are needed; online: " + Cores.Count);
            return 1;
        }

        WaitCosts costs = WaitMeasurement.Tune();
        MachineConsole.WriteLine($"bench waits {costs} {Cores.Lengths}");
        Measurement[] measurements = Measurements.For(Cores.Count);
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            // Interleaved, so that what disturbs the host disturbs all alike.
            foreach (Measurement measurement in measurements)
            {
                double value = measurement.Run();
                MachineConsole.WriteLine(
                    $"bench {measurement.Name} cores={Cores.Count} bytes={measurement.Bytes} {measurement.Metric}={value:F3}");
            }
        }

        return 0;
    }
}

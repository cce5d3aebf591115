using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Measurement;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.SoakKernel;

/// <summary>
/// Messages between all cores for as long as the command line says: random sizes, random pauses, sleeping and waking, a
/// number and a checksum in every message.
/// </summary>
internal static class Program
{
    private const int Success = 0;
    private const int Failed = 1;
    private const int BadUsage = 2;

    private static int Main(string[] args)
    {
        SoakOptions options = SoakOptions.Parse(args);
        if (options.Error != null)
        {
            MachineConsole.WriteLine("ToroCosmos.SoakKernel: " + options.Error);
            return BadUsage;
        }

        StartReport report = Cores.Start();
        if (report.Status != StartStatus.Ok || Cores.Count < 2)
        {
            MachineConsole.WriteLine(
                $"ToroCosmos.SoakKernel: a soak needs two cores; {Cores.Count} online, {StartText.Of(report.Status)}");
            return Failed;
        }

        WaitMeasurement.Tune();
        MachineConsole.WriteLine(
            $"soak: {Cores.Count} cores, {options.Seconds} s, seed {options.Seed}, checks {options.Checks}, fault {options.Fault}");
        if (Soak.Create(options) is not Soak soak)
        {
            MachineConsole.WriteLine("ToroCosmos.SoakKernel: there is not enough memory; give the machine more");
            return Failed;
        }

        return soak.Run() ? Success : Failed;
    }
}

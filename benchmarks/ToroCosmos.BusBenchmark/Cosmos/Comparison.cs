using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Measurement;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.BusBenchmark;

/// <summary>What is compared between the toolchains; it prints lines like the NativeAOT kernel's.</summary>
internal static class Comparison
{
    private const int Failed = 1;

    /// <summary>Measures.</summary>
    /// <returns>The kernel's exit code.</returns>
    public static int Run()
    {
        StartReport report = Cores.Start();
        if (report.Status != StartStatus.Ok || Cores.Count < 2)
        {
            MachineConsole.WriteLine("ToroCosmos.BusBenchmark: two cores are needed; online: " + Cores.Count);
            return Failed;
        }

        WaitCosts costs = WaitMeasurement.Tune();
        new TextLine().Append("bench waits poll="u8).Append(costs.PollTicks).Append(" pause="u8).Append(costs.PauseTicks)
            .Append(" answer="u8).Append(costs.AnswerTicks).Append(" wake="u8).Append(costs.WakeTicks)
            .Append(" polls="u8).Append(Cores.Lengths.PollSteps).Append(" pauses="u8).Append(Cores.Lengths.PauseSteps)
            .Append(" hertz="u8).Append(Clock.TicksPerSecond).Print();
        PingPong.Run();
        return 0;
    }
}

using ToroCosmos.Platform;
using ToroCosmos.Power;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Measurement;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.BusBenchmark;

/// <summary>The Cosmos kernel: it prints lines like the NativeAOT kernel's, and ends the machine.</summary>
public class Kernel : Cosmos.System.Kernel
{
    private const int Failed = 1;

    /// <inheritdoc/>
    protected override void Run() => MachinePower.Off(Measure());

    private static int Measure()
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

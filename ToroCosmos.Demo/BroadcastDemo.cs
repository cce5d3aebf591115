using ToroCosmos.Acpi;
using ToroCosmos.MultiProcessor;
using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Measurement;
using ToroCosmos.Smp.Startup;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Demo;

/// <summary>
/// The demo: every core initializes its reception queues, core 0 broadcasts a ping and gets a pong from each. The same
/// program for every toolchain.
/// </summary>
public static class BroadcastDemo
{
    /// <summary>The longest message, in bytes.</summary>
    internal const int LongestMessage = 64;

    private const int Success = 0;
    private const int Failed = 1;
    private const int BadUsage = 2;

    // Without an initial value, so that no static constructor runs on the other cores.
    private static DemoCore[]? s_cores;

    /// <summary>Runs the demo on the boot core.</summary>
    /// <param name="arguments">The kernel's command line: <c>rounds=N</c> repeats the broadcast quietly, <c>links</c> prints what happened on each link.</param>
    /// <returns>The kernel's exit code.</returns>
    public static int Run(string[] arguments)
    {
        DemoOptions options = DemoOptions.Parse(arguments);
        if (options.Error != null)
        {
            MachineConsole.WriteLine("ToroCosmos.Demo: " + options.Error);
            return BadUsage;
        }

        if (!StartCores())
        {
            return Failed;
        }

        if (Cores.Count == 1)
        {
            MachineConsole.WriteLine("VirtIOBus needs at least two cores to talk to each other; this machine has one core.");
            return Success;
        }

        bool isDone = StartBus() && Broadcast(options.Rounds);
        if (isDone && options.ShowsLinks)
        {
            MachineBus.Bus.PrintLinks(new Platform.TextLine());
        }

        return isDone ? Success : Failed;
    }

    private static bool StartCores()
    {
        StartReport report = Cores.Start();
        foreach (StartFailure failure in report.Failures)
        {
            MachineConsole.WriteLine(
                "ToroCosmos: the processor with APIC id " + failure.ApicId + " is not online: " + StartText.Of(failure.Reason));
        }

        if (report.Status != StartStatus.Ok)
        {
            string tables = report.Status == StartStatus.NoProcessorTable
                ? " (" + AcpiStatusText.Of(report.Acpi) + ", " + MpStatusText.Of(report.MultiProcessor) + ")"
                : "";
            MachineConsole.WriteLine(
                "ToroCosmos: the other processors cannot be started: " + StartText.Of(report.Status) + tables);
            return false;
        }

        WaitMeasurement.Tune();
        return true;
    }

    private static bool StartBus()
    {
        var options = new BusOptions { QueueSize = 16, BufferSize = LongestMessage };
        if (!MachineBus.Start(options))
        {
            MachineConsole.WriteLine(
                "VirtIOBus: out of memory: the bus of " + Cores.Count + " cores needs "
                + (MessageBus.RequiredBytes(Cores.Count, options) >> 10) + " KiB; give the machine more memory");
            return false;
        }

        return true;
    }

    private static bool Broadcast(int rounds)
    {
        s_cores = new DemoCore[Cores.Count];
        for (int core = 0; core < s_cores.Length; core++)
        {
            s_cores[core] = new DemoCore(core, MachineBus.Bus.Endpoint(core), rounds);
        }

        // One core after the other, so that the lines come in order.
        s_cores[0].InitiateQueues();
        for (int core = 1; core < s_cores.Length; core++)
        {
            Cores.Run(core, self => s_cores![self].InitiateQueues());
            Cores.Join(core);
        }

        Cores.RunOnAll(core => s_cores![core].Exchange());
        foreach (DemoCore core in s_cores)
        {
            if (core.Failure != BusStatus.Ok)
            {
                MachineConsole.WriteLine("VirtIOBus: the demo failed: " + core.Failure.Name());
                return false;
            }
        }

        if (rounds > 0)
        {
            double seconds = (double)s_cores[0].QuietTicks / Clock.TicksPerSecond;
            long perSecond = (long)((double)rounds * (Cores.Count - 1) / seconds);
            MachineConsole.WriteLine(perSecond + " round trips per second");
        }

        return true;
    }
}

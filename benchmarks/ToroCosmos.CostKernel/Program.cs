using System.Globalization;
using ToroCosmos.Demo;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.CostKernel;

/// <summary>
/// Counts what things cost on a machine whose time-stamp counter counts instructions, those of all cores together. The
/// command line chooses: <c>plan=bus</c>, the calls of the bus, on one core; <c>plan=start</c>, the start of the other
/// cores; <c>plan=demo</c>, the demo from <c>Main</c> to its last line.
/// </summary>
internal static class Program
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    private static int Main(string[] arguments)
    {
        ulong main = Cpu.ReadTimestamp() - BootLoader.DoneAt;
        KeepTimersNear();
        switch (arguments.Length == 1 ? arguments[0] : "")
        {
            case "plan=bus":
                return RunBus();
            case "plan=start":
                return RunStart();
            case "plan=demo":
                return RunDemo(main);
            default:
                MachineConsole.WriteLine("ToroCosmos.CostKernel: expected plan=bus, plan=start or plan=demo");
                return BadUsage;
        }
    }

    /// <summary>
    /// QEMU lets a core run until the next timer of the machine is due, and where that core is reset meanwhile it takes all
    /// of the time for used. With a timer that is always due within a millisecond, masked as it is, that is lost in the
    /// fixed time for which the boot core waits after a reset.
    /// </summary>
    private static void KeepTimersNear()
    {
        const ushort TimerCommand = 0x43;
        const ushort TimerChannel0 = 0x40;
        const byte CountAgain = 0x34;
        const int Millisecond = 1193;
        Port.Write8(TimerCommand, CountAgain);
        Port.Write8(TimerChannel0, Millisecond & 0xFF);
        Port.Write8(TimerChannel0, Millisecond >> 8);
    }

    private static int RunBus()
    {
        if (Cores.Start().Status != StartStatus.Ok)
        {
            MachineConsole.WriteLine("ToroCosmos.CostKernel: the local APIC is not there");
            return Failed;
        }

        MachineConsole.WriteLine("runtime " + System.Environment.Version);
        foreach (Cost cost in CostPlan.Create())
        {
            Print(cost.Name, cost.Bytes, cost.CountOne());
        }

        return 0;
    }

    private static int RunStart()
    {
        ulong begin = Cpu.ReadTimestamp();
        StartReport report = Cores.Start();
        ulong ticks = Cpu.ReadTimestamp() - begin;
        if (report.Status != StartStatus.Ok || report.Failures.Count > 0)
        {
            MachineConsole.WriteLine("ToroCosmos.CostKernel: not all cores are online: " + report.Online);
            return Failed;
        }

        Print("start", 0, ticks);
        return 0;
    }

    private static int RunDemo(ulong main)
    {
        int code = BroadcastDemo.Run([]);
        Print("boot-main", 0, main);
        Print("boot-first-line", 0, Demo.TextLine.FirstAt - BootLoader.DoneAt);
        Print("boot-last-pong", 0, Demo.TextLine.LastAt - BootLoader.DoneAt);
        return code;
    }

    private static void Print(string name, int bytes, double ticks) => MachineConsole.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"bench {name} cores={Cores.Count} bytes={bytes} ticks={ticks:F6}"));
}

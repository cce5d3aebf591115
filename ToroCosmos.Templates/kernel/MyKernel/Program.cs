using MyKernel;
using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Startup;
using ToroCosmos.VirtIOBus;

StartReport report = Cores.Start();
if (report.Status != StartStatus.Ok)
{
    MachineConsole.WriteLine("The other processors cannot be started: " + StartText.Of(report.Status));
    return 1;
}

MachineConsole.WriteLine("Hello from " + Cores.Count + " cores.");
if (!MachineBus.Start())
{
    MachineConsole.WriteLine("There is not enough memory for the bus.");
    return 1;
}

Cores.RunOnAll(core => MachineBus.Current.InitializeQueues());
for (int core = 1; core < Cores.Count; core++)
{
    Cores.Run(core, Doubling.Serve);
    int answer = Doubling.Ask(core, core * 10);
    Cores.Join(core);
    if (answer < 0)
    {
        MachineConsole.WriteLine("Core " + core + " did not answer.");
        return 1;
    }

    MachineConsole.WriteLine("Core " + core + " doubles " + core * 10 + " to " + answer + ".");
}

return 0;

using System;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.VMware;

/// <summary>Starts machines on VMware Workstation, Player or Fusion.</summary>
/// <param name="starting">Told just before the machine starts.</param>
public sealed class VmwareLauncher(Action? starting = null) : IMachineLauncher
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    public IMachineProcess Start(MachineSpec machine)
    {
        string vmrun = VmrunCommand.Find()
            ?? throw new MachineException(
                "VMware's vmrun was not found. It comes with VMware Workstation and Fusion; docs/vmware.md has the manual way.");
        starting?.Invoke();
        return VmwareMachine.Start(new Vmrun(vmrun), VmrunCommand.Product(), machine, new TemporaryFolder(), s_pause);
    }
}

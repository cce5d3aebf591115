using System;
using TestRunner.Bochs;
using TestRunner.Machines;
using TestRunner.VMware;

namespace TestRunner.Runs;

/// <summary>Finds what starts a machine.</summary>
public static class MachineLaunchers
{
    /// <summary>The launcher for a machine's hypervisor.</summary>
    /// <param name="hypervisor">The hypervisor.</param>
    /// <param name="starting">Told just before the machine starts, with QEMU's accelerator; null for others.</param>
    public static IMachineLauncher For(HypervisorKind hypervisor, Action<AcceleratorDecision?>? starting = null) =>
        hypervisor switch
        {
            HypervisorKind.Vmware => new VmwareLauncher(() => starting?.Invoke(null)),
            HypervisorKind.Bochs => new BochsLauncher(() => starting?.Invoke(null)),
            _ => new QemuLauncher(starting),
        };
}

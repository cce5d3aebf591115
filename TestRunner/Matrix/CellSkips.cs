using TestRunner.Machines;
using TestRunner.Probing;

namespace TestRunner.Matrix;

/// <summary>Finds the cells that this computer cannot run. That QEMU itself is missing is a failure, not a skip.</summary>
public static class CellSkips
{
    /// <summary>Why a cell cannot be run here, or null.</summary>
    public static string? Reason(PlannedCell cell, IHost host)
    {
        if (cell.Machine is not { } machine)
        {
            return null;
        }

        if (machine.Hypervisor == HypervisorKind.Vmware)
        {
            return Unless(host.Vmware);
        }

        if (machine.Hypervisor == HypervisorKind.Bochs)
        {
            return Unless(host.Bochs) ?? (machine.Cpu is { } model ? Unless(host.BochsProcessor(model)) : null);
        }

        if (!host.Qemu.Works)
        {
            return null;
        }

        if (machine.Firmware == FirmwareKind.Uefi && !machine.Image.BootsByUefi())
        {
            return "the ISO was built without GRUB's UEFI modules (Debian: grub-efi-amd64-bin)";
        }

        return Unless(host.Firmware(machine.Firmware))
            ?? Unless(host.Machine(machine.Type))
            ?? (machine.Accelerator == AcceleratorChoice.Kvm ? Unless(host.Accelerator(Accelerator.Kvm)) : null)
            ?? (Contains(cell, CellNeed.X2Apic) ? Unless(host.X2Apic) : null);
    }

    private static bool Contains(PlannedCell cell, CellNeed need)
    {
        foreach (CellNeed needed in cell.Cell.Needs)
        {
            if (needed == need)
            {
                return true;
            }
        }

        return false;
    }

    private static string? Unless(ProbeFinding finding) => finding.Works ? null : $"{finding.Name}: {finding.Detail}";
}

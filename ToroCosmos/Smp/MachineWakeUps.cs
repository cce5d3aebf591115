using ToroCosmos.Acpi;
using ToroCosmos.Devices;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Apic;

namespace ToroCosmos.Smp;

/// <summary>How devices of this machine end the sleep of its cores. For the boot core, after <see cref="Cores.Start"/>.</summary>
public sealed class MachineWakeUps : DeviceWakeUps
{
    // Intel SDM 3A, Message Address Register Format: a core's id has 8 bits there.
    private const ulong MessageAddress = 0xFEE0_0000;
    private const uint LargestMessageApicId = 254;

    private readonly IoApic?[] _controllers;

    /// <param name="entries">The I/O interrupt controllers that the firmware tells of.</param>
    /// <param name="space">The machine's address space.</param>
    public MachineWakeUps(IoApicEntry[] entries, DeviceSpace space)
    {
        System.ArgumentNullException.ThrowIfNull(entries);
        System.ArgumentNullException.ThrowIfNull(space);
        _controllers = new IoApic?[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            if (space.Map(entries[i].Address, IoApic.RegisterBytes, out RegisterBlock? registers) == DeviceMapping.Ok)
            {
                _controllers[i] = new IoApic(registers!, entries[i].FirstInput);
            }
        }
    }

    /// <inheritdoc/>
    public override bool TryGetMessage(int core, out InterruptMessage message)
    {
        message = default;
        if (!LocalApic.IsReady || Cores.ApicId(core) > LargestMessageApicId)
        {
            return false;
        }

        message = new InterruptMessage(MessageAddress | ((ulong)Cores.ApicId(core) << 12), Interrupts.WakeVector);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryConnect(uint input, bool isActiveLow, int core)
    {
        if (!LocalApic.IsReady || Cores.ApicId(core) > IoApic.LargestApicId)
        {
            return false;
        }

        for (int i = 0; i < _controllers.Length; i++)
        {
            IoApic? controller = _controllers[i];
            if (controller != null && controller.Has(input))
            {
                controller.Connect(input, Interrupts.WakeVector, Cores.ApicId(core), isActiveLow);
                return true;
            }
        }

        return false;
    }
}

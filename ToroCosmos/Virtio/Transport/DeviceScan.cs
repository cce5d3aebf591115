using System;
using System.Collections.Generic;
using ToroCosmos.Acpi;
using ToroCosmos.Devices;
using ToroCosmos.Pci;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Transport;

/// <summary>Finds devices of VirtIO, also those that cannot be used.</summary>
public static class DeviceScan
{
    /// <summary>Adds the devices on PCI to a list, in the order of their buses.</summary>
    /// <param name="configuration">The machine's configuration space.</param>
    /// <param name="space">The machine's address space.</param>
    /// <param name="wakeUps">How devices end the sleep of cores.</param>
    /// <param name="devices">The list.</param>
    public static void AddPci(
        PciConfiguration configuration, DeviceSpace space, DeviceWakeUps wakeUps, List<FoundDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        foreach (PciFunction function in PciBus.Enumerate(configuration))
        {
            if (PciTransport.IsVirtio(function))
            {
                VirtioStatus status = PciTransport.Open(function, space, wakeUps, out VirtioTransport? transport);
                devices.Add(new FoundDevice(
                    PciTransport.TypeOf(function), "pci " + function.Address.Text, status, transport));
            }
        }
    }

    /// <summary>Adds the devices at places in memory to a list. A place without a device is none.</summary>
    /// <param name="nodes">The places.</param>
    /// <param name="space">The machine's address space.</param>
    /// <param name="wakeUps">How devices end the sleep of cores.</param>
    /// <param name="devices">The list.</param>
    public static void AddMmio(
        List<MmioNode> nodes, DeviceSpace space, DeviceWakeUps wakeUps, List<FoundDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(devices);
        foreach (MmioNode node in nodes)
        {
            VirtioStatus status = MmioTransport.Open(
                node, space, wakeUps, out VirtioDeviceType type, out VirtioTransport? transport);
            if (status != VirtioStatus.Empty)
            {
                devices.Add(new FoundDevice(type, "mmio 0x" + DeviceText.Hexadecimal(node.Address), status, transport));
            }
        }
    }
}

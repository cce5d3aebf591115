using System;
using System.Collections.Generic;
using ToroCosmos.Acpi;
using ToroCosmos.Devices;
using ToroCosmos.Memory;
using ToroCosmos.Pci;
using ToroCosmos.Seam;
using ToroCosmos.Smp;

namespace ToroCosmos.Virtio.Transport;

/// <summary>The devices of VirtIO of the machine that this kernel runs on. For the boot core, after <see cref="Cores.Start"/>.</summary>
public static unsafe class MachineDevices
{
    private const int CommandLineLimit = 4096;

    /// <summary>Finds the devices: on PCI, by ACPI's tables and by the kernel's command line. Allocates.</summary>
    public static List<FoundDevice> Find()
    {
        _ = MachineTables.Find(out AcpiTables? tables);
        var space = new MachineDeviceSpace();
        var wakeUps = new MachineWakeUps(tables == null ? Array.Empty<IoApicEntry>() : IoApicList.Read(tables), space);
        var devices = new List<FoundDevice>();
        DeviceScan.AddPci(MachinePci.Open(tables, new PortConfiguration(), space), space, wakeUps, devices);
        var nodes = new List<MmioNode>();
        if (tables != null)
        {
            AddNodes(tables, nodes);
        }

        AddCommandLine(nodes);
        DeviceScan.AddMmio(nodes, space, wakeUps, devices);
        return devices;
    }

    /// <summary>What drivers have of this machine. Allocates.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Cores.Start"/> was not called.</exception>
    public static DriverHost CreateHost() => new(
        new MachineDmaPool(),
        Cores.Sleep ?? throw new InvalidOperationException("Drivers wait, for which Cores.Start must have been called."),
        Cores.Lengths);

    /// <summary>What firmware calls these devices: the id that QEMU registered for them.</summary>
    private static ReadOnlySpan<byte> HardwareId => "LNRO0005"u8;

    private static void AddNodes(AcpiTables tables, List<MmioNode> nodes)
    {
        if (tables.Find("FACP"u8, out ReadOnlySpan<byte> table) == AcpiStatus.Ok && Fadt.Parse(table, out Fadt fadt) == AcpiStatus.Ok
            && tables.ReadAt(fadt.DsdtAddress, "DSDT"u8, out ReadOnlySpan<byte> code) == AcpiStatus.Ok)
        {
            MmioNodes.Find(code.Slice(AcpiTables.HeaderLength), HardwareId, nodes);
        }

        int place = 0;
        AcpiStatus status;
        while ((status = tables.FindNext("SSDT"u8, ref place, out ReadOnlySpan<byte> more)) != AcpiStatus.TableNotFound)
        {
            if (status == AcpiStatus.Ok)
            {
                MmioNodes.Find(more.Slice(AcpiTables.HeaderLength), HardwareId, nodes);
            }
        }
    }

    private static void AddCommandLine(List<MmioNode> nodes)
    {
        byte* line = Firmware.CommandLine();
        int length = 0;
        while (length < CommandLineLimit && line[length] != 0)
        {
            length++;
        }

        MmioCommandLine.Find(new ReadOnlySpan<byte>(line, length), nodes);
    }
}

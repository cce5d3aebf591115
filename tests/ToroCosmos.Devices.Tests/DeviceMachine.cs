using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;

namespace ToroCosmos.Devices.Tests;

/// <summary>A machine with devices, on PCI or, in a microvm, in memory; the same devices for both.</summary>
/// <param name="type">The machine.</param>
internal sealed class DeviceMachine(MachineType type)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    // UEFI firmware says nothing until it boots, on a busy computer for long.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(90);

    private readonly List<string> _devices = [];
    private readonly List<DeviceBackend> _backends = type == MachineType.Microvm
        ? [new DeviceBackend(DeviceBackendKind.Global, "virtio-mmio.force-legacy=false")]
        : [];

    /// <summary>Whether devices have packed rings.</summary>
    public bool IsPacked { get; init; }

    /// <summary>Adds a device: <c>rng</c> is <c>virtio-rng-pci</c> or <c>virtio-rng-device</c>.</summary>
    public DeviceMachine With(string device, string properties = "")
    {
        string suffix = type == MachineType.Microvm ? "device" : "pci";
        _devices.Add($"virtio-{device}-{suffix}{(IsPacked ? ",packed=on" : "")}{(properties.Length > 0 ? "," : "")}{properties}");
        return this;
    }

    /// <summary>Adds a disk.</summary>
    /// <param name="id">Its name among the machine's disks.</param>
    /// <param name="source">Where its contents are: <c>format=raw,file=disk.img</c>.</param>
    /// <param name="properties">Properties of the device.</param>
    public DeviceMachine WithDisk(string id, string source, string properties = "")
    {
        _backends.Add(new DeviceBackend(DeviceBackendKind.Drive, $"if=none,id={id},{source}"));
        return With("blk", $"drive={id}{(properties.Length > 0 ? "," : "")}{properties}");
    }

    /// <summary>Adds a network card with QEMU's own network behind.</summary>
    public DeviceMachine WithNetwork(string properties = "")
    {
        _backends.Add(new DeviceBackend(DeviceBackendKind.Network, "user,id=net"));
        return With("net", $"netdev=net{(properties.Length > 0 ? "," : "")}{properties}");
    }

    /// <summary>Adds a part that is no VirtIO device of its own.</summary>
    public DeviceMachine WithPart(string device)
    {
        _devices.Add(device);
        return this;
    }

    /// <summary>Adds what a device is connected to.</summary>
    public DeviceMachine WithBackend(DeviceBackendKind kind, string text)
    {
        _backends.Add(new DeviceBackend(kind, text));
        return this;
    }

    /// <summary>The machine.</summary>
    public MachineSpec Spec(BootImage image, string append = "", AcpiChoice acpi = AcpiChoice.On, int cores = 2) => new()
    {
        Image = image,
        Type = type,
        Acpi = acpi,
        Cores = cores,
        Append = append,
        Devices = [.. _devices],
        Backends = [.. _backends],
    };

    /// <summary>Boots a machine.</summary>
    public static Task<RunResult> RunAsync(MachineSpec machine) => new MachineRun(new QemuLauncher()) { Silence = s_silence }
        .RunAsync(machine, RunExpectation.AnyOutput, s_limit, CancellationToken.None);

    /// <summary>What a run printed and how it ended, for the message of an assertion.</summary>
    public static string Describe(RunResult run) => $"{run.Verdict}: {run.Cause}\n{string.Join('\n', run.Texts)}";
}

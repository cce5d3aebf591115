using System.Collections.Generic;
using TestRunner.Bochs;

namespace TestRunner.Machines;

/// <summary>The machine to boot a kernel on, as the user describes it.</summary>
public sealed record MachineSpec
{
    /// <summary>What it boots.</summary>
    public required BootImage Image { get; init; }

    /// <summary>What provides the machine.</summary>
    public HypervisorKind Hypervisor { get; init; } = HypervisorKind.Qemu;

    /// <summary>Number of virtual processors.</summary>
    public int Cores { get; init; } = 3;

    /// <summary>Memory in MB.</summary>
    public int MemoryMegabytes { get; init; } = 128;

    /// <summary>The chipset.</summary>
    public MachineType Type { get; init; } = MachineType.Pc;

    /// <summary>How the cores are spread over sockets; null leaves it to QEMU.</summary>
    public Topology? Topology { get; init; }

    /// <summary>The hypervisor's name of the processor model; null is its default.</summary>
    public string? Cpu { get; init; }

    /// <summary>The accelerator asked for.</summary>
    public AcceleratorChoice Accelerator { get; init; } = AcceleratorChoice.Auto;

    /// <summary>The firmware.</summary>
    public FirmwareKind Firmware { get; init; } = FirmwareKind.Bios;

    /// <summary>Whether the firmware leaves ACPI tables.</summary>
    public AcpiChoice Acpi { get; init; } = AcpiChoice.On;

    /// <summary>The kernel's command line; only for <see cref="BootImageKind.Kernel"/>.</summary>
    public string Append { get; init; } = "";

    /// <summary>Path of Linux's initial RAM disk; null for none. Only for <see cref="BootImageKind.Kernel"/>.</summary>
    public string? InitialRamDisk { get; init; }

    /// <summary>Further devices, as QEMU's <c>-device</c> takes them.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>What these devices are connected to.</summary>
    public IReadOnlyList<DeviceBackend> Backends { get; init; } = [];

    /// <summary>
    /// Port of this computer at which the machine waits for gdb, halted before its first instruction; null lets it run.
    /// </summary>
    public int? GdbPort { get; init; }

    /// <summary>The machine in a few words, for reports: what differs from the defaults, and its size.</summary>
    public string Describe()
    {
        List<string> words = [MachineWords.WordFor(MachineWords.Machines, Type)];
        words.AddRange(Firmware == FirmwareKind.Uefi ? ["UEFI"] : []);
        words.AddRange(Acpi == AcpiChoice.Off ? ["no ACPI"] : []);
        words.AddRange(Hypervisor != HypervisorKind.Qemu ? [MachineWords.NameOf(Hypervisor)] : []);
        words.Add(Cores == 1 ? "1 core" : $"{Cores} cores");
        words.AddRange(Topology is not null ? [$"{Topology}"] : []);
        words.Add($"{MemoryMegabytes} MB");
        words.AddRange(Cpu is not null ? [Cpu] : []);
        words.AddRange(Accelerator != AcceleratorChoice.Auto ? [MachineWords.WordFor(MachineWords.Accelerators, Accelerator)] : []);
        words.AddRange(Devices);
        words.AddRange(Append.Length > 0 ? [$"\"{Append}\""] : []);
        return string.Join(", ", words);
    }

    /// <summary>Why no such machine exists, or null when it does.</summary>
    public string? FindContradiction()
    {
        if (Topology is not null && Topology.Processors != Cores)
        {
            return $"The topology {Topology} has {Topology.Processors} processors, but {Cores} were asked for.";
        }

        if (Image.Kind == BootImageKind.Kernel && Firmware == FirmwareKind.Uefi)
        {
            return "UEFI firmware does not load an ELF kernel: give the ISO, or use BIOS firmware.";
        }

        if (Image.Kind == BootImageKind.Iso && Append.Length > 0)
        {
            return "The command line of an ISO is fixed in its boot menu: give the ELF to set one.";
        }

        if (Image.Kind == BootImageKind.Iso && InitialRamDisk is not null)
        {
            return "An ISO brings its own RAM disk: give Linux itself to set one.";
        }

        if (Type == MachineType.Microvm && (Image.Kind == BootImageKind.Iso || Firmware == FirmwareKind.Uefi))
        {
            return "The machine microvm has no CD drive and no UEFI: give the ELF, or use pc or q35.";
        }

        if (Type == MachineType.Q35 && Acpi == AcpiChoice.Off)
        {
            return "The machine q35 always has ACPI: use pc or microvm without it.";
        }

        return Hypervisor == HypervisorKind.Qemu ? null : FindForeignOption();
    }

    /// <summary>What a hypervisor other than QEMU does not have.</summary>
    private string? FindForeignOption()
    {
        string name = MachineWords.NameOf(Hypervisor);
        if (Image.Kind != BootImageKind.Iso)
        {
            return $"{name} loads no ELF kernel: give the ISO.";
        }

        string? option = this switch
        {
            { Type: not MachineType.Pc } => "--machine",
            { Cpu: not null, Hypervisor: HypervisorKind.Vmware } => "--cpu",
            { Accelerator: not AcceleratorChoice.Auto } => "--accel",
            { Devices.Count: > 0 } => "--device",
            { Backends.Count: > 0 } => "-" + Backends[0].Option,
            { Acpi: not AcpiChoice.On } => "--acpi",
            { GdbPort: not null } => "--gdb",
            _ => null,
        };
        return option is not null ? $"{option} is QEMU's: {name} has no such choice."
            : Hypervisor == HypervisorKind.Bochs ? FindBochsLimit()
            : null;
    }

    private string? FindBochsLimit() => this switch
    {
        { Firmware: FirmwareKind.Uefi } => "Bochs has a BIOS only: leave --firmware out.",
        { Cores: > BochsLimits.MaximumCores } => $"Bochs has at most {BochsLimits.MaximumCores} cores, but {Cores} were asked for.",
        { MemoryMegabytes: > BochsLimits.MaximumMemory } =>
            $"Bochs has at most {BochsLimits.MaximumMemory} MB of memory, but {MemoryMegabytes} were asked for.",
        _ => null,
    };
}

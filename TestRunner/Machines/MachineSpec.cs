namespace TestRunner.Machines;

/// <summary>The machine to boot a kernel on, as the user describes it.</summary>
public sealed record MachineSpec
{
    /// <summary>What it boots.</summary>
    public required BootImage Image { get; init; }

    /// <summary>Number of virtual processors.</summary>
    public int Cores { get; init; } = 3;

    /// <summary>Memory in MB.</summary>
    public int MemoryMegabytes { get; init; } = 128;

    /// <summary>The chipset.</summary>
    public MachineType Type { get; init; } = MachineType.Pc;

    /// <summary>How the cores are spread over sockets; null leaves it to QEMU.</summary>
    public Topology? Topology { get; init; }

    /// <summary>QEMU's name of the processor model; null is QEMU's default.</summary>
    public string? Cpu { get; init; }

    /// <summary>The accelerator asked for.</summary>
    public AcceleratorChoice Accelerator { get; init; } = AcceleratorChoice.Auto;

    /// <summary>The firmware.</summary>
    public FirmwareKind Firmware { get; init; } = FirmwareKind.Bios;

    /// <summary>The kernel's command line; only for <see cref="BootImageKind.Kernel"/>.</summary>
    public string Append { get; init; } = "";

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

        return null;
    }
}

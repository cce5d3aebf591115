using System;
using System.Globalization;
using TestRunner.Machines;

namespace TestRunner.Bochs;

/// <summary>Writes the description of a machine as Bochs reads it (bochsrc). All files are in Bochs' working folder.</summary>
public static class BochsrcFile
{
    /// <summary>The CD image. A name of our own: Bochs takes a comma, a quote or a dollar sign in a path for its own.</summary>
    public const string Image = "image.iso";

    /// <summary>What Bochs writes the serial line to.</summary>
    public const string Serial = "serial.txt";

    /// <summary>Bochs' log, which tells how the machine ended.</summary>
    public const string Log = "log.txt";

    /// <summary>Bochs' own processor, its default.</summary>
    private const string DefaultModel = "bx_generic";

    /// <summary>The text of the file.</summary>
    public static string Text(MachineSpec machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string count = machine.Topology is { } topology
            ? $"{Number(topology.Sockets)}:{Number(topology.Cores)}:{Number(topology.Threads)}"
            : Number(machine.Cores);
        string[] lines =
        [
            // A triple fault is a panic in the log instead of a reset.
            $"cpu: model={machine.Cpu ?? DefaultModel}, count={count}, ips=100000000, reset_on_triple_fault=0",
            $"megs: {Number(machine.MemoryMegabytes)}",
            // The BIOS would wait 3 s for a key.
            "romimage: file=$BXSHARE/BIOS-bochs-latest, options=fastboot",
            "vgaromimage: file=$BXSHARE/VGABIOS-lgpl-latest",
            // GRUB would switch to a graphics mode, which the text display cannot show: the boot would stop there.
            "vga: extension=none",
            "display_library: term",
            $"ata0-master: type=cdrom, path={Image}, status=inserted",
            "boot: cdrom",
            $"com1: enabled=1, mode=file, dev={Serial}",
            "speaker: enabled=0",
            "sound: driver=dummy",
            $"log: {Log}",
            // A panic, a power-off among them, ends Bochs after all processors' registers are in the log.
            "panic: action=fatal",
            // The port of QEMU's isa-debug-exit is unmapped, and what is written to it is the kernel's exit code.
            "debug: action=ignore, unmapped=report",
            // The clock counts instructions: the same run twice is the same.
            "clock: sync=none, time0=utc",
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

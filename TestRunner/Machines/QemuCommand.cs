using System;
using System.Collections.Generic;
using System.Globalization;

namespace TestRunner.Machines;

/// <summary>Turns a machine into QEMU's arguments.</summary>
public static class QemuCommand
{
    /// <summary>The name of the emulator's program.</summary>
    public const string Program = "qemu-system-x86_64";

    /// <summary>
    /// How many ticks of the time-stamp counter, which are nanoseconds, an instruction takes on
    /// <see cref="Accelerator.TcgCounted"/>: the most that QEMU offers, so that what waits for a time costs few instructions.
    /// </summary>
    public const int TicksPerInstruction = 1 << CountedShift;

    private const int CountedShift = 10;

    /// <summary>
    /// The arguments for a machine whose serial line is QEMU's standard output and which leaves when the kernel powers
    /// off, resets or writes to isa-debug-exit.
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <param name="accelerator">What to run it on.</param>
    /// <param name="uefi">The firmware, with a variable store that this machine may write; null for BIOS.</param>
    /// <param name="monitorSocket">Path of a Unix socket at which the runner listens for QEMU's QMP monitor.</param>
    public static IReadOnlyList<string> Arguments(
        MachineSpec machine,
        Accelerator accelerator,
        UefiFiles? uefi,
        string monitorSocket)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(monitorSocket);
        List<string> arguments =
        [
            "-machine", MachineArgument(machine.Type, machine.Acpi),
            .. AcceleratorArguments(accelerator),
            "-smp", machine.Topology is null ? Number(machine.Cores) : $"{Number(machine.Cores)},{machine.Topology}",
            "-m", Number(machine.MemoryMegabytes),
            "-nic", "none",
            "-display", "none",
            "-monitor", "none",
            "-serial", "stdio",
            "-device", "isa-debug-exit,iobase=0xf4,iosize=4",
            // A triple fault must end the run, not start it again.
            "-no-reboot",
            // The monitor is there before the first instruction: it reports why the machine ended, and a reset and a
            // power-off leave the same exit status.
            "-S",
            "-qmp", $"unix:{Escape(monitorSocket)}",
        ];

        if (machine.GdbPort is { } port)
        {
            // Whoever reaches this port may read and write all of the machine: nobody from outside.
            arguments.AddRange(["-gdb", $"tcp:127.0.0.1:{Number(port)}"]);
        }

        if (machine.Cpu is not null)
        {
            arguments.AddRange(["-cpu", machine.Cpu]);
        }

        foreach (DeviceBackend backend in machine.Backends)
        {
            arguments.AddRange([backend.Option, backend.Text]);
        }

        foreach (string device in machine.Devices)
        {
            arguments.AddRange(["-device", device]);
        }

        if (uefi is not null)
        {
            AddUefi(arguments, uefi);
        }

        if (machine.Image.Kind == BootImageKind.Iso)
        {
            arguments.AddRange(["-cdrom", machine.Image.Path, "-boot", "d"]);
        }
        else
        {
            arguments.AddRange(["-kernel", machine.Image.Path]);
            if (machine.Append.Length > 0)
            {
                arguments.AddRange(["-append", machine.Append]);
            }

            if (machine.InitialRamDisk is not null)
            {
                arguments.AddRange(["-initrd", machine.InitialRamDisk]);
            }
        }

        return arguments;
    }

    /// <summary>A value inside a comma-separated QEMU option: a comma is written twice.</summary>
    public static string Escape(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Replace(",", ",,", StringComparison.Ordinal);
    }

    private static void AddUefi(List<string> arguments, UefiFiles uefi)
    {
        if (uefi.Variables is null)
        {
            arguments.AddRange(["-bios", uefi.Code]);
            return;
        }

        arguments.AddRange(["-drive", $"if=pflash,unit=0,format=raw,readonly=on,file={Escape(uefi.Code)}"]);
        arguments.AddRange(["-drive", $"if=pflash,unit=1,format=raw,file={Escape(uefi.Variables)}"]);
    }

    /// <summary>
    /// What <c>-machine</c> is told. The microvm has the parts of a PC switched on by name: QEMU leaves some out under
    /// KVM, and a cell of a matrix must be the same machine everywhere.
    /// </summary>
    public static string MachineArgument(MachineType type, AcpiChoice acpi = AcpiChoice.On)
    {
        string off = acpi == AcpiChoice.Off ? ",acpi=off" : "";
        return type switch
        {
            MachineType.Q35 => "q35" + off,
            MachineType.Microvm => $"microvm,acpi={MachineWords.WordFor(MachineWords.Acpi, acpi)},pit=on,pic=on,rtc=on,isa-serial=on",
            _ => "pc" + off,
        };
    }

    /// <summary>
    /// What an accelerator takes. The counted one's clocks, the battery-backed one among them, follow the instructions
    /// alone and begin at the same moment in every run.
    /// </summary>
    public static IReadOnlyList<string> AcceleratorArguments(Accelerator accelerator) => accelerator switch
    {
        Accelerator.Kvm => ["-accel", "kvm"],
        Accelerator.TcgSingle => ["-accel", "tcg,thread=single"],
        Accelerator.TcgCounted =>
        [
            "-accel", "tcg,thread=single",
            "-icount", $"shift={Number(CountedShift)},sleep=off",
            "-rtc", "base=2000-01-01T00:00:00,clock=vm",
        ],
        _ => ["-accel", "tcg,thread=multi"],
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

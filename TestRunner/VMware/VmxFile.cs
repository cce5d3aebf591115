using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TestRunner.Machines;

namespace TestRunner.VMware;

/// <summary>Writes the description of a virtual machine as VMware reads it: lines of <c>name = "value"</c>.</summary>
public static class VmxFile
{
    /// <summary>VMware takes memory in steps of 4 MB.</summary>
    private const int MemoryStep = 4;

    /// <summary>The text of the file.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="serialFile">Path of the file that VMware writes the serial line to.</param>
    public static string Text(MachineSpec machine, string serialFile)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(serialFile);
        int memory = (machine.MemoryMegabytes + MemoryStep - 1) / MemoryStep * MemoryStep;
        int coresPerSocket = machine.Topology is { } topology ? topology.Cores * topology.Threads : 1;
        List<(string Name, string Value)> settings =
        [
            (".encoding", "UTF-8"),
            ("config.version", "8"),
            // Version 16 is that of Workstation 15 and Fusion 11; later ones run it.
            ("virtualHW.version", "16"),
            ("displayName", "ToroCosmos TestRunner"),
            ("guestOS", "other-64"),
            ("firmware", machine.Firmware == FirmwareKind.Uefi ? "efi" : "bios"),
            ("numvcpus", Number(machine.Cores)),
            ("cpuid.coresPerSocket", Number(coresPerSocket)),
            ("memsize", Number(memory)),
            ("pciBridge0.present", "TRUE"),
            ("ide1:0.present", "TRUE"),
            ("ide1:0.deviceType", "cdrom-image"),
            ("ide1:0.fileName", machine.Image.Path),
            ("ide1:0.startConnected", "TRUE"),
            ("bios.bootOrder", "cdrom"),
            ("serial0.present", "TRUE"),
            ("serial0.startConnected", "TRUE"),
            ("serial0.fileType", "file"),
            ("serial0.fileName", serialFile),
            ("ethernet0.present", "FALSE"),
            ("floppy0.present", "FALSE"),
            ("sound.present", "FALSE"),
            ("usb.present", "FALSE"),
            // Nobody is there to answer a dialog, and the machine is never moved or kept.
            ("msg.autoAnswer", "TRUE"),
            ("uuid.action", "create"),
        ];
        return string.Concat(settings.Select(setting => $"{setting.Name} = \"{Quoted(setting.Value)}\"\n"));
    }

    /// <summary>VMware writes a character that would end the value, or the bar itself, as a bar and two hexadecimal digits.</summary>
    private static string Quoted(string value) => string.Concat(
        value.Select(c => c is '"' or '|' or < ' ' ? string.Create(CultureInfo.InvariantCulture, $"|{(int)c:X2}") : c.ToString()));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace TestRunner.Machines;

/// <summary>The words for the choices of a machine, the same on the command line and in profiles; the first is the default.</summary>
public static class MachineWords
{
    public static readonly IReadOnlyList<(string Word, MachineType Value)> Machines =
        [("pc", MachineType.Pc), ("q35", MachineType.Q35), ("microvm", MachineType.Microvm)];

    public static readonly IReadOnlyList<(string Word, AcceleratorChoice Value)> Accelerators =
    [
        ("auto", AcceleratorChoice.Auto), ("tcg", AcceleratorChoice.Tcg),
        ("tcg-single", AcceleratorChoice.TcgSingle), ("tcg-counted", AcceleratorChoice.TcgCounted), ("kvm", AcceleratorChoice.Kvm),
    ];

    public static readonly IReadOnlyList<(string Word, AcpiChoice Value)> Acpi =
        [("on", AcpiChoice.On), ("off", AcpiChoice.Off)];

    public static readonly IReadOnlyList<(string Word, FirmwareKind Value)> Firmwares =
        [("bios", FirmwareKind.Bios), ("uefi", FirmwareKind.Uefi)];

    public static readonly IReadOnlyList<(string Word, HypervisorKind Value)> Hypervisors =
        [("qemu", HypervisorKind.Qemu), ("vmware", HypervisorKind.Vmware), ("bochs", HypervisorKind.Bochs)];

    /// <summary>The name of a hypervisor, for people.</summary>
    public static string NameOf(HypervisorKind hypervisor) => hypervisor switch
    {
        HypervisorKind.Vmware => "VMware",
        HypervisorKind.Bochs => "Bochs",
        _ => "QEMU",
    };

    /// <summary>The word for a value.</summary>
    public static string WordFor<T>(IReadOnlyList<(string Word, T Value)> choices, T value)
        where T : struct => choices.First(choice => choice.Value.Equals(value)).Word;

    /// <summary>The value of a word.</summary>
    /// <exception cref="FormatException">There is no such word.</exception>
    public static T Parse<T>(IReadOnlyList<(string Word, T Value)> choices, string word)
    {
        ArgumentNullException.ThrowIfNull(choices);
        foreach ((string known, T value) in choices)
        {
            if (known == word)
            {
                return value;
            }
        }

        throw new FormatException($"'{word}' is not known; expected one of {Allowed(choices)}.");
    }

    /// <summary>All words, for messages.</summary>
    public static string Allowed<T>(IReadOnlyList<(string Word, T Value)> choices) =>
        string.Join(", ", choices.Select(choice => choice.Word));
}

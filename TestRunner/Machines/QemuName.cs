using System;
using System.Text.RegularExpressions;

namespace TestRunner.Machines;

/// <summary>
/// Reads what is handed to QEMU under a name of QEMU's: a device or a processor. Whether QEMU knows the name is for QEMU
/// to say; what can only be a slip is refused here, <c>help</c> among it, for which QEMU prints a list and boots nothing.
/// </summary>
public static partial class QemuName
{
    /// <summary>Reads a device: <c>virtio-rng-pci</c>, <c>virtio-rng-pci,max-bytes=1024</c>.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static string ParseDevice(string text) => Parse(text, Device(), "a device, for example virtio-rng-pci or NAME,PROPERTY=VALUE");

    /// <summary>Reads a processor: <c>max</c>, <c>qemu64,+avx2</c>.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static string ParseCpu(string text) => Parse(text, Cpu(), "a processor, for example max or qemu64,+avx2");

    /// <summary>Reads what a device is connected to: <c>user,id=net</c>, <c>if=none,id=disk,file=disk.img</c>.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static string ParseProperties(string text) => Parse(text, Properties(), "a list of properties, for example if=none,id=disk,file=disk.img");

    private static string Parse(string text, Regex form, string expected)
    {
        ArgumentNullException.ThrowIfNull(text);
        return form.IsMatch(text) && !Help().IsMatch(text)
            ? text
            : throw new FormatException($"'{text}' is not {expected}.");
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*(,[A-Za-z0-9._-]+(=[^\s=][^\p{Cc}]*)?)*\z")]
    private static partial Regex Device();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*(,[+-]?[A-Za-z0-9._-]+(=[A-Za-z0-9._-]+)?)*\z")]
    private static partial Regex Cpu();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*(=[^\s=,][^\p{Cc}]*)?(,[A-Za-z0-9._-]+(=[^\s=][^\p{Cc}]*)?)*\z")]
    private static partial Regex Properties();

    [GeneratedRegex(@"(^|,)help(,|\z)")]
    private static partial Regex Help();
}

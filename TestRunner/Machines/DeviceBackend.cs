namespace TestRunner.Machines;

/// <summary>What a device of the machine is connected to.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As QEMU's option takes it: <c>if=none,id=disk,format=raw,file=disk.img</c>.</param>
public sealed record DeviceBackend(DeviceBackendKind Kind, string Text)
{
    /// <summary>Reads what QEMU's option takes. Whether QEMU knows it is for QEMU to say.</summary>
    /// <exception cref="System.FormatException">It is no list of properties, or asks for help.</exception>
    public static DeviceBackend Parse(DeviceBackendKind kind, string text) => new(kind, QemuName.ParseProperties(text));

    /// <summary>The name of QEMU's option, which is also this program's with one more dash.</summary>
    public string Option => Kind switch
    {
        DeviceBackendKind.Drive => "-drive",
        DeviceBackendKind.Network => "-netdev",
        DeviceBackendKind.Character => "-chardev",
        DeviceBackendKind.Named => "-object",
        DeviceBackendKind.Global => "-global",
        DeviceBackendKind.Machine => "-machine",
        _ => "-mon",
    };
}

namespace ToroCosmos.Virtio.Spec;

/// <summary>Words for <see cref="VirtioDeviceType"/>; not every toolchain can print the name of an enum's value.</summary>
public static class VirtioDeviceTypeText
{
    /// <summary>Says what a device is, in lower case; a type without a name here is <c>unknown</c>.</summary>
    public static string Of(VirtioDeviceType type) => type switch
    {
        VirtioDeviceType.None => "none",
        VirtioDeviceType.Network => "network",
        VirtioDeviceType.Block => "block",
        VirtioDeviceType.Console => "console",
        VirtioDeviceType.Entropy => "entropy",
        VirtioDeviceType.Balloon => "balloon",
        VirtioDeviceType.ScsiHost => "scsi host",
        VirtioDeviceType.Plan9Transport => "9p",
        VirtioDeviceType.Gpu => "gpu",
        VirtioDeviceType.Input => "input",
        VirtioDeviceType.Socket => "socket",
        VirtioDeviceType.Crypto => "crypto",
        VirtioDeviceType.MemoryManagement => "iommu",
        VirtioDeviceType.MemoryDevice => "memory",
        VirtioDeviceType.Sound => "sound",
        VirtioDeviceType.FileSystem => "file system",
        VirtioDeviceType.PersistentMemory => "persistent memory",
        _ => "unknown",
    };
}

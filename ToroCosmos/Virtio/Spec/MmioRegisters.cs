namespace ToroCosmos.Virtio.Spec;

/// <summary>Offsets of a device's registers in memory (VirtIO 1.2, MMIO Device Register Layout): 32 bits each.</summary>
public static class MmioRegisters
{
    public const uint Magic = 0x000;
    public const uint Version = 0x004;
    public const uint DeviceId = 0x008;
    public const uint VendorId = 0x00C;
    public const uint DeviceFeatures = 0x010;
    public const uint DeviceFeaturesSelect = 0x014;
    public const uint DriverFeatures = 0x020;
    public const uint DriverFeaturesSelect = 0x024;
    public const uint QueueSelect = 0x030;
    public const uint QueueMaximum = 0x034;
    public const uint QueueSize = 0x038;
    public const uint QueueReady = 0x044;
    public const uint QueueNotify = 0x050;
    public const uint InterruptStatus = 0x060;
    public const uint InterruptAcknowledge = 0x064;
    public const uint Status = 0x070;
    public const uint QueueDescriptors = 0x080;
    public const uint QueueDriver = 0x090;
    public const uint QueueDevice = 0x0A0;
    public const uint ConfigGeneration = 0x0FC;
    public const uint Config = 0x100;

    /// <summary>"virt", little-endian.</summary>
    public const uint MagicValue = 0x74726976;

    /// <summary>The version of VirtIO 1.0 and later; 1 is that of drafts before.</summary>
    public const uint ModernVersion = 2;

    /// <summary>The version of drafts before VirtIO 1.0.</summary>
    public const uint LegacyVersion = 1;

    /// <summary>The interrupts that there are: a used buffer, a change of the configuration.</summary>
    public const uint KnownInterrupts = 3;
}

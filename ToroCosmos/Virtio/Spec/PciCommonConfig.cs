namespace ToroCosmos.Virtio.Spec;

/// <summary>Offsets in the common configuration structure (VirtIO 1.2, Common configuration structure layout).</summary>
public static class PciCommonConfig
{
    public const uint DeviceFeatureSelect = 0;
    public const uint DeviceFeature = 4;
    public const uint DriverFeatureSelect = 8;
    public const uint DriverFeature = 12;
    public const uint ConfigMsixVector = 16;
    public const uint NumberOfQueues = 18;
    public const uint DeviceStatus = 20;
    public const uint ConfigGeneration = 21;
    public const uint QueueSelect = 22;
    public const uint QueueSize = 24;
    public const uint QueueMsixVector = 26;
    public const uint QueueEnable = 28;
    public const uint QueueNotifyOffset = 30;
    public const uint QueueDescriptors = 32;
    public const uint QueueDriver = 40;
    public const uint QueueDevice = 48;

    /// <summary>How many bytes VirtIO 1.0 has; later ones are behind.</summary>
    public const uint Bytes = 56;

    /// <summary>VIRTIO_MSI_NO_VECTOR: no interrupt.</summary>
    public const ushort NoVector = 0xFFFF;
}

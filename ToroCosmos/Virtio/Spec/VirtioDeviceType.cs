namespace ToroCosmos.Virtio.Spec;

/// <summary>Types of devices (VirtIO 1.2, Device Types), as far as they have names here.</summary>
public enum VirtioDeviceType
{
    /// <summary>A place for a device where there is none.</summary>
    None = 0,

    Network = 1,
    Block = 2,
    Console = 3,
    Entropy = 4,

    /// <summary>The traditional memory balloon.</summary>
    Balloon = 5,

    ScsiHost = 8,
    Plan9Transport = 9,
    Gpu = 16,
    Input = 18,
    Socket = 19,
    Crypto = 20,
    MemoryManagement = 23,
    MemoryDevice = 24,
    Sound = 25,
    FileSystem = 26,
    PersistentMemory = 27,
}

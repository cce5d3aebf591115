namespace ToroCosmos.Virtio.Drivers;

/// <summary>What device and driver tell each other of ports (VirtIO 1.2, Console Device: Multiport Device Operation).</summary>
internal enum ConsoleEvent
{
    DeviceReady = 0,
    PortAdd = 1,
    PortRemove = 2,
    PortReady = 3,
    ConsolePort = 4,
    Resize = 5,
    Open = 6,
    Name = 7,
}

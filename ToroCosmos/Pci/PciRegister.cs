namespace ToroCosmos.Pci;

/// <summary>Offsets and bits of the configuration space's header (PCI Local Bus 3.0, Configuration Space Organization).</summary>
internal static class PciRegister
{
    public const int Identity = 0x00;
    public const int Command = 0x04;
    public const int Status = 0x06;
    public const int Class = 0x08;
    public const int HeaderType = 0x0E;
    public const int FirstBar = 0x10;
    public const int SecondaryBus = 0x19;
    public const int Subsystem = 0x2C;
    public const int Capabilities = 0x34;
    public const int InterruptLine = 0x3C;
    public const int InterruptPin = 0x3D;

    /// <summary>Where the header ends, and capabilities may begin.</summary>
    public const int HeaderEnd = 0x40;

    public const ushort CommandIo = 1;
    public const ushort CommandMemory = 2;
    public const ushort CommandBusMaster = 4;
    public const ushort CommandNoInterruptLine = 1 << 10;
    public const ushort StatusCapabilities = 1 << 4;

    public const byte HeaderOfDevice = 0;
    public const byte HeaderOfBridge = 1;
    public const byte HeaderMask = 0x7F;
    public const byte SeveralFunctions = 0x80;

    /// <summary>What the vendor reads as where there is no function.</summary>
    public const ushort NoVendor = 0xFFFF;
}

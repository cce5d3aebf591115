using System;

namespace ToroCosmos.Virtio.Spec;

/// <summary>The device status field (VirtIO 1.2, Device Status Field). Only a reset clears bits.</summary>
[Flags]
public enum DeviceStatusFlags : byte
{
    /// <summary>Written: resets the device. Read: it has been reset.</summary>
    Reset = 0,

    /// <summary>ACKNOWLEDGE: the device was found.</summary>
    Acknowledge = 1,

    /// <summary>DRIVER: there is a driver for it.</summary>
    Driver = 2,

    /// <summary>DRIVER_OK: the driver is set up, and the device may work.</summary>
    DriverOk = 4,

    /// <summary>FEATURES_OK: the features are agreed on; a device that does not agree leaves the bit cleared.</summary>
    FeaturesOk = 8,

    /// <summary>DEVICE_NEEDS_RESET: the device has met an error that it does not recover from.</summary>
    NeedsReset = 64,

    /// <summary>FAILED: the driver has given the device up.</summary>
    Failed = 128,
}

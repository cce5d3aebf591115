using ToroCosmos.Devices;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Transport;

/// <summary>A device of VirtIO that was found, whether or not it can be used.</summary>
public sealed class FoundDevice
{
    /// <param name="type">What it is.</param>
    /// <param name="place">Where it is, for people.</param>
    /// <param name="status">Ok, or why it cannot be used.</param>
    /// <param name="transport">Its registers, when the status is Ok.</param>
    public FoundDevice(VirtioDeviceType type, string place, VirtioStatus status, VirtioTransport? transport)
    {
        Type = type;
        Place = place;
        Status = status;
        Transport = transport;
    }

    /// <summary>What it is.</summary>
    public VirtioDeviceType Type { get; }

    /// <summary>Where it is, for people.</summary>
    public string Place { get; }

    /// <summary>Ok, or why it cannot be used.</summary>
    public VirtioStatus Status { get; }

    /// <summary>Its registers, when the status is Ok.</summary>
    public VirtioTransport? Transport { get; }

    /// <summary>
    /// A line about it: <c>pci 00:04.0: entropy, features 0x130000000, 1 queue</c>, or why it cannot be used. Resets the
    /// device, so nobody may use it.
    /// </summary>
    public string Describe()
    {
        string line = Place + ": " + VirtioDeviceTypeText.Of(Type);
        if (Status != VirtioStatus.Ok)
        {
            return line + ", declined: " + VirtioStatusText.Of(Status);
        }

        VirtioStatus status = VirtioDevice.Offer(Transport!, out VirtioFeatures features, out int queues);
        return status == VirtioStatus.Ok
            ? line + ", features 0x" + DeviceText.Hexadecimal((ulong)features) + ", " + queues.ToString() + (queues == 1 ? " queue" : " queues")
            : line + ", declined: " + VirtioStatusText.Of(status);
    }
}

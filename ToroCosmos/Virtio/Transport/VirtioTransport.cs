using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Transport;

/// <summary>
/// How a driver reaches a device's registers, wherever they are: on PCI, or in memory. It does as it is told;
/// <see cref="VirtioDevice"/> knows the order. Setting up is for the boot core.
/// </summary>
public abstract class VirtioTransport
{
    /// <param name="type">What the device is.</param>
    /// <param name="place">Where it is, for people: <c>pci 00:04.0</c>.</param>
    protected VirtioTransport(VirtioDeviceType type, string place)
    {
        Type = type;
        Place = place;
    }

    /// <summary>What the device is.</summary>
    public VirtioDeviceType Type { get; }

    /// <summary>Where it is, for people: <c>pci 00:04.0</c>, <c>mmio 0xfeb02e00</c>.</summary>
    public string Place { get; }

    /// <summary>A queue's number is below this; whether there is such a queue, <see cref="ReadQueueSize"/> tells.</summary>
    public abstract int QueueLimit { get; }

    /// <summary>How many bytes of the device's own configuration can be read.</summary>
    public abstract uint ConfigBytes { get; }

    /// <summary>
    /// Whether an interrupt may not come, or come once for several things, so that a core that waits looks by itself, too.
    /// </summary>
    public abstract bool MayMissInterrupts(int queue);

    /// <summary>The features that the device offers.</summary>
    public abstract VirtioFeatures ReadDeviceFeatures();

    /// <summary>Tells the device the features that the driver takes.</summary>
    public abstract void WriteDriverFeatures(VirtioFeatures features);

    /// <summary>The device status field; all ones where the device is gone.</summary>
    [AnyCore]
    public abstract DeviceStatusFlags ReadStatus();

    /// <summary>Writes the device status field.</summary>
    public abstract void WriteStatus(DeviceStatusFlags status);

    /// <summary>The largest size of a queue; 0 where there is none.</summary>
    /// <param name="queue">The queue's number, below <see cref="QueueLimit"/>.</param>
    public abstract int ReadQueueSize(int queue);

    /// <summary>
    /// Tells the device of a queue, which may use it from DRIVER_OK on, and makes its interrupts end a core's sleep.
    /// </summary>
    /// <param name="queue">The queue's number, below <see cref="QueueLimit"/>.</param>
    /// <param name="ring">The queue in memory.</param>
    /// <param name="core">The core that waits for it.</param>
    /// <returns>Ok or QueueRefused.</returns>
    public abstract VirtioStatus EnableQueue(int queue, Virtqueue ring, int core);

    /// <summary>Tells the device that a queue has new buffers. Everything stored before is seen by the device.</summary>
    /// <param name="queue">A queue that was enabled.</param>
    [AnyCore]
    public abstract void Notify(int queue);

    /// <summary>
    /// Takes back what the device claims of its interrupt's line, so that it can claim anew; nothing where it sends messages.
    /// </summary>
    [AnyCore]
    public abstract void AcknowledgeInterrupt();

    /// <summary>Changes whenever the configuration may have changed.</summary>
    [AnyCore]
    public abstract uint ReadConfigGeneration();

    // Configuration, by fields of 8, 16 and 32 bits at multiples of their width, within ConfigBytes.
    [AnyCore]
    public abstract byte ReadConfig8(uint offset);

    [AnyCore]
    public abstract ushort ReadConfig16(uint offset);

    [AnyCore]
    public abstract uint ReadConfig32(uint offset);

    public abstract void WriteConfig8(uint offset, byte value);

    public abstract void WriteConfig32(uint offset, uint value);
}

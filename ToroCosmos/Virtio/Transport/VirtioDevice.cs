using System;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Transport;

/// <summary>
/// A device with its driver, brought up in the order that VirtIO asks for (VirtIO 1.2, Driver Requirements: Device
/// Initialization):
/// <code>
/// status = VirtioDevice.Begin(transport, host, wanted, required, out device);  // reset, ACKNOWLEDGE, DRIVER, features
/// status = device.AddQueue(0, core, indirectBuffers: 4, out queue);            // each queue
/// status = device.Start();                                                     // DRIVER_OK
/// </code>
/// When one of these fails the device is told FAILED, and is left alone. Setting up and closing are for the boot core.
/// </summary>
public sealed class VirtioDevice
{
    private const ulong ResetNs = 1_000_000_000;
    private const int DefaultQueueSize = 256;

    /// <summary>What every driver takes when the device offers it, for the queues make use of it.</summary>
    private const VirtioFeatures QueueFeatures =
        VirtioFeatures.IndirectDescriptors | VirtioFeatures.EventIndex | VirtioFeatures.InOrder | VirtioFeatures.RingPacked;

    private readonly DeviceVirtqueue?[] _queues;
    private readonly DmaMemory[] _memory;
    private int _count;
    private bool _hasMemory;
    private DeviceStatusFlags _written;
    private VirtioStatus _state;

    private VirtioDevice(VirtioTransport transport, DriverHost host, VirtioFeatures features)
    {
        Transport = transport;
        Host = host;
        Features = features;
        int limit = transport.QueueLimit;
        _queues = new DeviceVirtqueue?[limit];
        _memory = new DmaMemory[limit];
    }

    /// <summary>The device's registers.</summary>
    public VirtioTransport Transport { get; }

    /// <summary>What the driver has of the machine.</summary>
    public DriverHost Host { get; }

    /// <summary>The features that were agreed on.</summary>
    public VirtioFeatures Features { get; }

    /// <summary>How many queues were added.</summary>
    public int QueueCount => _count;

    /// <summary>Resets a device and agrees with it on features.</summary>
    /// <param name="transport">The device.</param>
    /// <param name="host">What the driver has of the machine.</param>
    /// <param name="wanted">
    /// The features that the driver knows, of the device's type; of those that are the same for all, a driver's queue
    /// decides.
    /// </param>
    /// <param name="required">Those among them that it does not work without.</param>
    /// <param name="device">The device, when the answer is Ok.</param>
    /// <returns>Ok, NoReset, Gone, LacksFeature or FeaturesRefused.</returns>
    public static VirtioStatus Begin(
        VirtioTransport transport, DriverHost host, ulong wanted, ulong required, out VirtioDevice? device)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(host);
        device = null;
        VirtioStatus status = Reset(transport);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        transport.WriteStatus(DeviceStatusFlags.Acknowledge);
        transport.WriteStatus(DeviceStatusFlags.Acknowledge | DeviceStatusFlags.Driver);
        VirtioFeatures offered = transport.ReadDeviceFeatures();
        VirtioFeatures needed = VirtioFeatures.Version1 | (VirtioFeatures)required;
        VirtioFeatures known = needed | (VirtioFeatures)wanted | (QueueFeatures & host.QueueFeatures);
        var made = new VirtioDevice(transport, host, offered & known)
        {
            _written = DeviceStatusFlags.Acknowledge | DeviceStatusFlags.Driver,
        };
        if ((offered & needed) != needed)
        {
            return made.Fail(VirtioStatus.LacksFeature);
        }

        transport.WriteDriverFeatures(made.Features);
        made.Write(DeviceStatusFlags.FeaturesOk);
        if ((transport.ReadStatus() & DeviceStatusFlags.FeaturesOk) == 0)
        {
            return made.Fail(VirtioStatus.FeaturesRefused);
        }

        device = made;
        return VirtioStatus.Ok;
    }

    /// <summary>Asks a device what it offers, and resets it again.</summary>
    /// <param name="transport">The device; nobody uses it.</param>
    /// <param name="features">The features that it offers.</param>
    /// <param name="queues">How many queues it has, from number 0 on.</param>
    /// <returns>Ok, NoReset or Gone.</returns>
    public static VirtioStatus Offer(VirtioTransport transport, out VirtioFeatures features, out int queues)
    {
        ArgumentNullException.ThrowIfNull(transport);
        features = VirtioFeatures.None;
        queues = 0;
        VirtioStatus status = Reset(transport);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        transport.WriteStatus(DeviceStatusFlags.Acknowledge);
        features = transport.ReadDeviceFeatures();
        while (queues < transport.QueueLimit && transport.ReadQueueSize(queues) != 0)
        {
            queues++;
        }

        return Reset(transport);
    }

    /// <summary>Whether a feature of the device's type was agreed on.</summary>
    /// <param name="bit">The number of the feature.</param>
    [AnyCore]
    public bool Has(int bit) => (((ulong)Features >> bit) & 1) != 0;

    /// <summary>Makes a queue and tells the device of it. Before <see cref="Start"/>.</summary>
    /// <param name="index">The queue's number.</param>
    /// <param name="core">The core that uses it.</param>
    /// <param name="indirectBuffers">As for <see cref="Virtqueue.TryCreate"/>.</param>
    /// <param name="queue">The queue, when the answer is Ok.</param>
    /// <param name="maximumSize">The most descriptors that the driver has use for.</param>
    /// <returns>Ok, NoSuchQueue, InvalidQueueSize, NoMemory or QueueRefused.</returns>
    public VirtioStatus AddQueue(
        int index, int core, int indirectBuffers, out DeviceVirtqueue? queue, int maximumSize = DefaultQueueSize)
    {
        queue = null;
        if (index < 0 || index >= _queues.Length || _queues[index] != null)
        {
            return VirtioStatus.NoSuchQueue;
        }

        int size = Transport.ReadQueueSize(index);
        if (size == 0)
        {
            return VirtioStatus.NoSuchQueue;
        }

        if (!Virtqueue.IsValidSize(size, Features))
        {
            return VirtioStatus.InvalidQueueSize;
        }

        size = size < maximumSize ? size : maximumSize;
        uint bytes = Virtqueue.RequiredBytes(size, Features, indirectBuffers);
        if (!Host.Memory.TryAllocate(bytes, out DmaMemory memory))
        {
            return VirtioStatus.NoMemory;
        }

        _memory[index] = memory;
        _hasMemory = true;
        VirtioStatus status = Virtqueue.TryCreate(memory, size, Features, out Virtqueue? ring, indirectBuffers) == QueueStatus.Ok
            ? Transport.EnableQueue(index, ring!, core)
            : VirtioStatus.InvalidQueueSize;
        if (status == VirtioStatus.Ok)
        {
            queue = new DeviceVirtqueue(this, index, core, ring!);
            _queues[index] = queue;
            _count++;
        }

        return status;
    }

    /// <summary>Lets the device work: DRIVER_OK.</summary>
    /// <returns>Ok, Gone or NeedsReset.</returns>
    public VirtioStatus Start()
    {
        Write(DeviceStatusFlags.DriverOk);
        return Check();
    }

    /// <summary>
    /// Gives the device up: FAILED. Where it knows queues already it is reset as well, so that their memory is the kernel's
    /// again.
    /// </summary>
    /// <param name="status">Why.</param>
    /// <returns>The same.</returns>
    public VirtioStatus Fail(VirtioStatus status)
    {
        Write(DeviceStatusFlags.Failed);
        if (_hasMemory)
        {
            _ = Close(status);
        }

        _state = status;
        return status;
    }

    /// <summary>
    /// What state the device is in: asks it, so it takes as long as an access to a register.
    /// </summary>
    /// <returns>Ok, Closed, Gone or NeedsReset.</returns>
    [AnyCore]
    public VirtioStatus Check()
    {
        if (_state != VirtioStatus.Ok)
        {
            return _state;
        }

        DeviceStatusFlags status = Transport.ReadStatus();
        return status == (DeviceStatusFlags)byte.MaxValue ? VirtioStatus.Gone
            : (status & DeviceStatusFlags.NeedsReset) != 0 ? VirtioStatus.NeedsReset
            : VirtioStatus.Ok;
    }

    /// <summary>What a call answers that does not ask the device: Ok, or why it works no more.</summary>
    [AnyCore]
    public VirtioStatus State => _state;

    /// <summary>
    /// Resets the device and gives its queues' memory back. Whoever has requests on their way detaches them from the queues
    /// before their memory is used for something else.
    /// </summary>
    /// <returns>Ok, or NoReset: then the memory stays the device's.</returns>
    public VirtioStatus Close() => Close(VirtioStatus.Closed);

    /// <summary>Begins a read of the configuration.</summary>
    public ConfigReading ReadConfig() => new(Transport);

    private VirtioStatus Close(VirtioStatus state)
    {
        if (_state != VirtioStatus.Ok)
        {
            return VirtioStatus.Ok;
        }

        _state = state;
        VirtioStatus status = Reset(Transport);
        for (int i = 0; i < _queues.Length; i++)
        {
            // A device that is gone writes no memory either.
            if (!_memory[i].IsEmpty && status != VirtioStatus.NoReset)
            {
                _ = Host.Memory.TryFree(_memory[i]);
                _memory[i] = default;
            }
        }

        return status == VirtioStatus.Gone ? VirtioStatus.Ok : status;
    }

    private static VirtioStatus Reset(VirtioTransport transport)
    {
        // VirtIO 1.2, Driver Requirements: Device Initialization: the reset has ended when the status reads as 0.
        transport.WriteStatus(DeviceStatusFlags.Reset);
        ulong deadline = TickScale.OfClock.DeadlineAfter(ResetNs);
        while (true)
        {
            DeviceStatusFlags status = transport.ReadStatus();
            if (status == DeviceStatusFlags.Reset)
            {
                return VirtioStatus.Ok;
            }

            if (status == (DeviceStatusFlags)byte.MaxValue)
            {
                return VirtioStatus.Gone;
            }

            if (Clock.Now >= deadline)
            {
                return VirtioStatus.NoReset;
            }

            Cpu.Pause();
        }
    }

    private void Write(DeviceStatusFlags bits)
    {
        _written |= bits;
        Transport.WriteStatus(_written);
    }
}

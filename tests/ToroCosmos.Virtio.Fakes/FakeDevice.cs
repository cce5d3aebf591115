using System;
using System.Collections.Generic;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>
/// A device without its registers, which a transport's registers show: status, features, queues, configuration. It holds the
/// driver to the order of VirtIO 1.2, Driver Requirements: Device Initialization.
/// </summary>
/// <param name="memory">The machine's memory.</param>
/// <param name="queueSizes">The largest size of each queue; 0 for one that is not there.</param>
public sealed class FakeDevice(FakeMemory memory, params int[] queueSizes)
{
    private readonly Dictionary<int, FakeQueue> _queues = [];

    /// <summary>What it is.</summary>
    public VirtioDeviceType Type { get; init; } = VirtioDeviceType.Entropy;

    /// <summary>What it offers.</summary>
    public ulong Offered { get; set; } = (ulong)VirtioFeatures.Version1;

    /// <summary>What the driver has taken.</summary>
    public ulong Taken { get; private set; }

    /// <summary>Whether it agrees to what the driver has taken.</summary>
    public bool Agrees { get; set; } = true;

    /// <summary>Whether it takes queues.</summary>
    public bool TakesQueues { get; set; } = true;

    /// <summary>How many times the status is read, after a reset, before it is 0; negative for never.</summary>
    public int ResetReads { get; set; }

    /// <summary>Whether it was unplugged: everything reads as ones.</summary>
    public bool IsGone { get; set; }

    /// <summary>Its configuration.</summary>
    public byte[] Config { get; set; } = [];

    /// <summary>Called whenever the generation of the configuration is read, to change the configuration.</summary>
    public Action? GenerationRead { get; set; }

    /// <summary>The generation of the configuration.</summary>
    public byte Generation { get; set; }

    /// <summary>Called when the driver has notified a queue.</summary>
    public Action<int, FakeQueue>? Notified { get; set; }

    /// <summary>Everything that was written to the status, in order.</summary>
    public List<DeviceStatusFlags> Statuses { get; } = [];

    /// <summary>The status.</summary>
    public DeviceStatusFlags Status { get; private set; }

    /// <summary>How many queues there may be.</summary>
    public int QueueCount => queueSizes.Length;

    /// <summary>How many times the driver took its interrupt's claim back.</summary>
    public int Acknowledged { get; set; }

    /// <summary>A queue that the driver has enabled.</summary>
    public FakeQueue Queue(int index) => _queues[index];

    /// <summary>The size that a queue may have.</summary>
    public int SizeOf(int queue) => queue < queueSizes.Length ? queueSizes[queue] : 0;

    /// <summary>Sets a bit of the device's own.</summary>
    public void NeedReset() => Status |= DeviceStatusFlags.NeedsReset;

    public DeviceStatusFlags ReadStatus()
    {
        if (IsGone)
        {
            return (DeviceStatusFlags)byte.MaxValue;
        }

        if (Status == DeviceStatusFlags.Reset && _resetting != 0)
        {
            _resetting--;
            return DeviceStatusFlags.Driver;
        }

        return Status;
    }

    public void WriteStatus(DeviceStatusFlags status)
    {
        Statuses.Add(status);
        if (status == DeviceStatusFlags.Reset)
        {
            _resetting = ResetReads;
            _queues.Clear();
            Status = status;
            return;
        }

        DeviceStatusFlags own = Status & ~DeviceStatusFlags.NeedsReset;
        Require((own & ~status) == 0, $"The status goes from {Status} to {status}, but bits are cleared by a reset alone (2.1.1).");
        Require(
            (status & DeviceStatusFlags.Driver) == 0 || (status & DeviceStatusFlags.Acknowledge) != 0,
            "DRIVER before ACKNOWLEDGE (3.1.1).");
        Require(
            (status & DeviceStatusFlags.DriverOk) == 0 || (Status & DeviceStatusFlags.FeaturesOk) != 0 || (status & DeviceStatusFlags.Failed) != 0,
            "DRIVER_OK before FEATURES_OK (3.1.1).");
        bool agreesNow = (status & DeviceStatusFlags.FeaturesOk) != 0 && (Status & DeviceStatusFlags.FeaturesOk) == 0;
        Status = agreesNow && !Agrees ? status & ~DeviceStatusFlags.FeaturesOk : status;
    }

    public void Take(ulong features)
    {
        Require((features & ~Offered) == 0, $"The driver takes features 0x{features & ~Offered:x} that are not offered (2.2.1).");
        Require((Status & DeviceStatusFlags.FeaturesOk) == 0, "The driver takes features after FEATURES_OK (3.1.1).");
        Taken = features;
    }

    public bool IsEnabled(int queue) => _queues.ContainsKey(queue);

    public void Enable(int queue, int size, ulong descriptors, ulong driver, ulong device)
    {
        Require((Status & DeviceStatusFlags.FeaturesOk) != 0, "A queue before FEATURES_OK (3.1.1).");
        Require(size > 0 && size <= SizeOf(queue), $"Queue {queue} of {size} descriptors, of {SizeOf(queue)} at most (4.1.4.3.2).");
        if (TakesQueues)
        {
            _queues[queue] = FakeQueue.At(memory, size, (VirtioFeatures)Taken, descriptors, driver, device);
        }
    }

    public void Notify(int queue)
    {
        Require((Status & DeviceStatusFlags.DriverOk) != 0, "A notification before DRIVER_OK (3.1.1).");
        Require(IsEnabled(queue), $"A notification of queue {queue}, which is not enabled.");
        Notified?.Invoke(queue, _queues[queue]);
    }

    public byte ReadGeneration()
    {
        GenerationRead?.Invoke();
        return Generation;
    }

    private int _resetting;

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new DriverException(message);
        }
    }
}

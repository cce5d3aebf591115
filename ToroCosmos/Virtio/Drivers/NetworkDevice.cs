using System;
using ToroCosmos.Memory;
using ToroCosmos.Platform;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Virtio.Drivers;

/// <summary>
/// A network card (VirtIO 1.2, Network Device): raw Ethernet frames, without offloads, which are declined. Each core has a
/// pair of queues of its own, as far as the device has as many. Opening and closing are for the boot core.
/// </summary>
public sealed class NetworkDevice
{
    /// <summary>How many bytes a frame has before its payload.</summary>
    public const int HeaderBytes = 14;

    /// <summary>The payload of a frame where the device says nothing else.</summary>
    public const int DefaultMtu = 1500;

    // Feature bits.
    private const int MtuFeature = 3;
    private const int MacFeature = 5;
    private const int StatusFeature = 16;
    private const int ControlFeature = 17;
    private const int SeveralQueuesFeature = 22;
    private const ulong Wanted = (1UL << MtuFeature) | (1UL << MacFeature) | (1UL << StatusFeature)
        | (1UL << ControlFeature) | (1UL << SeveralQueuesFeature);

    private const uint StatusOffset = 6;
    private const uint PairsOffset = 8;
    private const uint MtuOffset = 10;
    private const ushort LinkUp = 1;
    private const int SmallestMtu = 68;
    private const int LargestPairs = 0x8000;

    // VirtIO 1.2, Network Device: Control Virtqueue.
    private const byte ClassSeveralQueues = 4;
    private const byte SetPairs = 0;
    private const byte ControlOk = 0;
    private const uint ControlBytes = 5;
    private const ulong ControlNs = 5_000_000_000;

    private readonly NetworkLane[] _lanes;

    private NetworkDevice(VirtioDevice device, MacAddress mac, int mtu, int lanes)
    {
        Device = device;
        Mac = mac;
        Mtu = mtu;
        _lanes = new NetworkLane[lanes];
    }

    /// <summary>The device below.</summary>
    public VirtioDevice Device { get; }

    /// <summary>Whether the device has an address; otherwise its user chooses one.</summary>
    public bool HasMac => Device.Has(MacFeature);

    /// <summary>The device's address; 0 where it has none.</summary>
    public MacAddress Mac { get; }

    /// <summary>The longest payload of a frame, in bytes.</summary>
    public int Mtu { get; }

    /// <summary>How many pairs of queues there are: for the cores from 0 on.</summary>
    public int LaneCount => _lanes.Length;

    /// <summary>Whether the cable is in; a device that does not tell has one that always is.</summary>
    [AnyCore]
    public bool IsLinkUp
    {
        get
        {
            if (!Device.Has(StatusFeature) || Device.State != VirtioStatus.Ok)
            {
                return Device.State == VirtioStatus.Ok;
            }

            ConfigReading reading = Device.ReadConfig();
            bool isUp = false;
            while (reading.Next())
            {
                isUp = (reading.Read16(StatusOffset) & LinkUp) != 0;
            }

            return isUp;
        }
    }

    /// <summary>Brings a device up. Allocates.</summary>
    /// <param name="transport">The device.</param>
    /// <param name="host">What the driver has of the machine.</param>
    /// <param name="cores">How many cores, from core 0 on, want a pair of queues; they get as many as the device has.</param>
    /// <param name="device">The driver, when the answer is Ok.</param>
    /// <returns>Ok, WrongType, BadConfiguration, NoMemory, or what <see cref="VirtioDevice"/> answers.</returns>
    public static VirtioStatus Open(VirtioTransport transport, DriverHost host, int cores, out NetworkDevice? device)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(host);
        device = null;
        if (transport.Type != VirtioDeviceType.Network)
        {
            return VirtioStatus.WrongType;
        }

        // Several queues need the control queue (VirtIO 1.2, Network Device: Feature bit requirements).
        ulong wanted = cores > 1 ? Wanted : Wanted & ~((1UL << ControlFeature) | (1UL << SeveralQueuesFeature));
        VirtioStatus status = VirtioDevice.Begin(transport, host, wanted, 0, out VirtioDevice? below);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        status = ReadConfiguration(below!, out MacAddress mac, out int mtu, out int pairs);
        if (status != VirtioStatus.Ok)
        {
            return below!.Fail(status);
        }

        int lanes = cores < 1 ? 1 : cores < pairs ? cores : pairs;
        var made = new NetworkDevice(below!, mac, mtu, lanes);
        for (int i = 0; i < lanes && status == VirtioStatus.Ok; i++)
        {
            status = NetworkLane.Open(made, i, out NetworkLane? lane);
            made._lanes[i] = lane!;
        }

        DeviceVirtqueue? control = null;
        if (status == VirtioStatus.Ok && lanes > 1)
        {
            status = below!.AddQueue(2 * pairs, 0, 0, out control, 8);
        }

        status = status == VirtioStatus.Ok ? below!.Start() : status;
        for (int i = 0; i < lanes && status == VirtioStatus.Ok; i++)
        {
            made._lanes[i].Fill();
        }

        if (status == VirtioStatus.Ok && control != null)
        {
            status = UsePairs(below!, control, lanes);
        }

        if (status != VirtioStatus.Ok)
        {
            _ = below!.Fail(status);
            made.Free();
            return status;
        }

        device = made;
        return VirtioStatus.Ok;
    }

    /// <summary>The pair of queues of a core.</summary>
    /// <param name="core">The core.</param>
    /// <returns>Null where the core has none.</returns>
    [AnyCore]
    public NetworkLane? Lane(int core) => core >= 0 && core < _lanes.Length ? _lanes[core] : null;

    /// <summary>Resets the device; every call answers Closed from then on, and frames on their way may be lost.</summary>
    /// <returns>Ok or NoReset.</returns>
    public VirtioStatus Close()
    {
        VirtioStatus status = Device.Close();
        if (status == VirtioStatus.Ok)
        {
            Free();
        }

        return status;
    }

    private static VirtioStatus ReadConfiguration(VirtioDevice device, out MacAddress mac, out int mtu, out int pairs)
    {
        ConfigReading reading = device.ReadConfig();
        mac = default;
        mtu = DefaultMtu;
        pairs = 1;
        while (reading.Next())
        {
            ulong address = 0;
            for (uint i = 0; i < MacAddress.Bytes; i++)
            {
                address = (address << 8) | reading.Read8(i);
            }

            mac = new MacAddress(device.Has(MacFeature) ? address : 0);
            mtu = device.Has(MtuFeature) ? reading.Read16(MtuOffset) : DefaultMtu;
            pairs = device.Has(SeveralQueuesFeature) && device.Has(ControlFeature) ? reading.Read16(PairsOffset) : 1;
        }

        bool isSound = reading.IsStable && mtu >= SmallestMtu && pairs >= 1 && pairs <= LargestPairs;
        return isSound ? VirtioStatus.Ok : VirtioStatus.BadConfiguration;
    }

    /// <summary>Tells the device how many pairs to use; before, it uses the first alone.</summary>
    private static unsafe VirtioStatus UsePairs(VirtioDevice device, DeviceVirtqueue control, int pairs)
    {
        if (!device.Host.Memory.TryAllocate(ControlBytes, out DmaMemory command))
        {
            return VirtioStatus.NoMemory;
        }

        command.Start[0] = ClassSeveralQueues;
        command.Start[1] = SetPairs;
        command.Start[2] = (byte)pairs;
        command.Start[3] = (byte)(pairs >> 8);
        command.Start[4] = byte.MaxValue;
        var chain = new BufferChain(3);
        chain.AddReadable(command.Part(0, 2));
        chain.AddReadable(command.Part(2, 2));
        chain.AddWritable(command.Part(4, 1));
        VirtioStatus status = control.TryAdd(chain, 0);
        if (status == VirtioStatus.Ok)
        {
            control.Publish();
            status = control.Await(TickScale.OfClock.DeadlineAfter(ControlNs));
        }

        if (status == VirtioStatus.Ok)
        {
            status = control.TryTake(out _, out _);
            status = status == VirtioStatus.Ok && command.Start[4] != ControlOk ? VirtioStatus.Unsupported : status;
        }

        if (status is VirtioStatus.Ok or VirtioStatus.Unsupported)
        {
            // Otherwise the device may still write it.
            _ = device.Host.Memory.TryFree(command);
        }

        return status;
    }

    private void Free()
    {
        for (int i = 0; i < _lanes.Length; i++)
        {
            _lanes[i]?.Free();
        }
    }
}

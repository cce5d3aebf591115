using System;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Virtio.Drivers;

/// <summary>
/// A disk (VirtIO 1.2, Block Device). Each core has a queue of its own, as far as the device has as many: what one core does
/// waits for no other. Opening and closing are for the boot core.
/// </summary>
public sealed class BlockDevice
{
    private const ulong Wanted =
        (1UL << BlockGeometry.SizeMaximum) | (1UL << BlockGeometry.SegmentMaximum) | (1UL << BlockGeometry.ReadOnly)
        | (1UL << BlockGeometry.BlockSize) | (1UL << BlockGeometry.Flush) | (1UL << BlockGeometry.Topology)
        | (1UL << BlockGeometry.SeveralQueues) | (1UL << BlockGeometry.Discard) | (1UL << BlockGeometry.WriteZeroes);

    private readonly BlockLane[] _lanes;

    private BlockDevice(VirtioDevice device, BlockGeometry geometry, int queues)
    {
        Device = device;
        Geometry = geometry;
        _lanes = new BlockLane[queues];
    }

    /// <summary>The device below.</summary>
    public VirtioDevice Device { get; }

    /// <summary>What the device tells of itself, as it was when it was opened.</summary>
    public BlockGeometry Geometry { get; }

    /// <summary>Whether it may not be written to.</summary>
    public bool IsReadOnly => Device.Has(BlockGeometry.ReadOnly);

    /// <summary>How many queues there are: for the cores from 0 on.</summary>
    public int LaneCount => _lanes.Length;

    /// <summary>Brings a device up. Allocates.</summary>
    /// <param name="transport">The device.</param>
    /// <param name="host">What the driver has of the machine.</param>
    /// <param name="cores">How many cores, from core 0 on, want a queue; they get as many as the device has.</param>
    /// <param name="device">The driver, when the answer is Ok.</param>
    /// <returns>Ok, WrongType, BadConfiguration, NoMemory, or what <see cref="VirtioDevice"/> answers.</returns>
    public static VirtioStatus Open(VirtioTransport transport, DriverHost host, int cores, out BlockDevice? device)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(host);
        device = null;
        if (transport.Type != VirtioDeviceType.Block)
        {
            return VirtioStatus.WrongType;
        }

        VirtioStatus status = VirtioDevice.Begin(transport, host, Wanted, 0, out VirtioDevice? below);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        status = BlockGeometry.Read(below!, out BlockGeometry geometry);
        if (status != VirtioStatus.Ok)
        {
            return below!.Fail(status);
        }

        int queues = geometry.Queues < cores ? geometry.Queues : cores < 1 ? 1 : cores;
        var made = new BlockDevice(below!, geometry, queues);
        for (int i = 0; i < queues && status == VirtioStatus.Ok; i++)
        {
            status = BlockLane.Open(made, i, out BlockLane? queue);
            made._lanes[i] = queue!;
        }

        status = status == VirtioStatus.Ok ? below!.Start() : status;
        if (status != VirtioStatus.Ok)
        {
            _ = below!.Fail(status);
            made.Free();
            return status;
        }

        device = made;
        return VirtioStatus.Ok;
    }

    /// <summary>The queue of a core.</summary>
    /// <param name="core">The core.</param>
    /// <returns>Null where the core has none.</returns>
    [AnyCore]
    public BlockLane? Lane(int core) => core >= 0 && core < _lanes.Length ? _lanes[core] : null;

    /// <summary>
    /// Resets the device; every call answers Closed from then on, and what is on its way may have happened or not.
    /// </summary>
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

    private void Free()
    {
        for (int i = 0; i < _lanes.Length; i++)
        {
            _lanes[i]?.Free();
        }
    }
}

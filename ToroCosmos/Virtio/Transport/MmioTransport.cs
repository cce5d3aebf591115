using System;
using ToroCosmos.Acpi;
using ToroCosmos.Devices;
using ToroCosmos.Seam;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Transport;

/// <summary>A device with its registers in memory (VirtIO 1.2, Virtio Over MMIO), as in machines without PCI.</summary>
public sealed class MmioTransport : VirtioTransport
{
    // The registers do not tell how many queues there are. No device of those known has more.
    private const int Queues = 1024;

    private readonly RegisterBlock _registers;
    private readonly DeviceWakeUps _wakeUps;
    private readonly MmioNode _node;
    private int _connectedCore = -1;
    private bool _isShared;

    private MmioTransport(VirtioDeviceType type, MmioNode node, RegisterBlock registers, DeviceWakeUps wakeUps)
        : base(type, "mmio 0x" + DeviceText.Hexadecimal(node.Address))
    {
        _node = node;
        _registers = registers;
        _wakeUps = wakeUps;
    }

    /// <inheritdoc/>
    public override int QueueLimit => Queues;

    /// <inheritdoc/>
    public override uint ConfigBytes => _registers.Bytes - MmioRegisters.Config;

    /// <summary>Finds out what is at a place for a device. Allocates.</summary>
    /// <param name="node">The place.</param>
    /// <param name="space">The machine's address space.</param>
    /// <param name="wakeUps">How devices end the sleep of cores.</param>
    /// <param name="type">What the device is; None for a place without one, which is an ordinary place.</param>
    /// <param name="transport">The device, when the answer is Ok.</param>
    /// <returns>Ok, LegacyOnly, NotAccessible or, for a place without a device, Empty.</returns>
    public static VirtioStatus Open(
        MmioNode node, DeviceSpace space, DeviceWakeUps wakeUps, out VirtioDeviceType type, out VirtioTransport? transport)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(wakeUps);
        type = VirtioDeviceType.None;
        transport = null;
        if (node.Bytes < MmioRegisters.Config || (node.Address & 3) != 0
            || space.Map(node.Address, node.Bytes, out RegisterBlock? registers) != DeviceMapping.Ok
            || registers!.Read32(MmioRegisters.Magic) != MmioRegisters.MagicValue)
        {
            return VirtioStatus.NotAccessible;
        }

        // In this order (VirtIO 1.2, Driver Requirements: MMIO Device Register Layout).
        uint version = registers.Read32(MmioRegisters.Version);
        if (version != MmioRegisters.ModernVersion && version != MmioRegisters.LegacyVersion)
        {
            return VirtioStatus.NotAccessible;
        }

        type = (VirtioDeviceType)registers.Read32(MmioRegisters.DeviceId);
        if (type == VirtioDeviceType.None)
        {
            return VirtioStatus.Empty;
        }

        if (version == MmioRegisters.LegacyVersion)
        {
            return VirtioStatus.LegacyOnly;
        }

        transport = new MmioTransport(type, node, registers, wakeUps);
        return VirtioStatus.Ok;
    }

    /// <inheritdoc/>
    public override bool MayMissInterrupts(int queue) => _connectedCore < 0 || _isShared;

    /// <inheritdoc/>
    public override VirtioFeatures ReadDeviceFeatures()
    {
        _registers.Write32(MmioRegisters.DeviceFeaturesSelect, 0);
        uint low = _registers.Read32(MmioRegisters.DeviceFeatures);
        _registers.Write32(MmioRegisters.DeviceFeaturesSelect, 1);
        return (VirtioFeatures)(low | ((ulong)_registers.Read32(MmioRegisters.DeviceFeatures) << 32));
    }

    /// <inheritdoc/>
    public override void WriteDriverFeatures(VirtioFeatures features)
    {
        _registers.Write32(MmioRegisters.DriverFeaturesSelect, 0);
        _registers.Write32(MmioRegisters.DriverFeatures, (uint)features);
        _registers.Write32(MmioRegisters.DriverFeaturesSelect, 1);
        _registers.Write32(MmioRegisters.DriverFeatures, (uint)((ulong)features >> 32));
    }

    /// <inheritdoc/>
    public override DeviceStatusFlags ReadStatus() => (DeviceStatusFlags)_registers.Read32(MmioRegisters.Status);

    /// <inheritdoc/>
    public override void WriteStatus(DeviceStatusFlags status) => _registers.Write32(MmioRegisters.Status, (uint)status);

    /// <inheritdoc/>
    public override int ReadQueueSize(int queue)
    {
        _registers.Write32(MmioRegisters.QueueSelect, (uint)queue);
        uint size = _registers.Read32(MmioRegisters.QueueMaximum);
        return size > int.MaxValue ? int.MaxValue : (int)size;
    }

    /// <inheritdoc/>
    public override VirtioStatus EnableQueue(int queue, Virtqueue ring, int core)
    {
        ArgumentNullException.ThrowIfNull(ring);
        _registers.Write32(MmioRegisters.QueueSelect, (uint)queue);
        if (_registers.Read32(MmioRegisters.QueueReady) != 0)
        {
            return VirtioStatus.QueueRefused;
        }

        _registers.Write32(MmioRegisters.QueueSize, (uint)ring.Size);
        Write64(MmioRegisters.QueueDescriptors, ring.DescriptorArea);
        Write64(MmioRegisters.QueueDriver, ring.DriverArea);
        Write64(MmioRegisters.QueueDevice, ring.DeviceArea);
        ConnectInterrupt(core);
        _registers.Write32(MmioRegisters.QueueReady, 1);
        return _registers.Read32(MmioRegisters.QueueReady) == 1 ? VirtioStatus.Ok : VirtioStatus.QueueRefused;
    }

    /// <inheritdoc/>
    public override void Notify(int queue) => _registers.Write32(MmioRegisters.QueueNotify, (uint)queue);

    /// <inheritdoc/>
    public override void AcknowledgeInterrupt()
    {
        // Bits that mean nothing yet stay (VirtIO 1.2, Driver Requirements: MMIO Device Register Layout).
        uint claimed = _registers.Read32(MmioRegisters.InterruptStatus) & MmioRegisters.KnownInterrupts;
        if (claimed != 0)
        {
            _registers.Write32(MmioRegisters.InterruptAcknowledge, claimed);
        }
    }

    /// <inheritdoc/>
    public override uint ReadConfigGeneration() => _registers.Read32(MmioRegisters.ConfigGeneration);

    /// <inheritdoc/>
    public override byte ReadConfig8(uint offset) => _registers.Read8(MmioRegisters.Config + offset);

    /// <inheritdoc/>
    public override ushort ReadConfig16(uint offset) => _registers.Read16(MmioRegisters.Config + offset);

    /// <inheritdoc/>
    public override uint ReadConfig32(uint offset) => _registers.Read32(MmioRegisters.Config + offset);

    /// <inheritdoc/>
    public override void WriteConfig8(uint offset, byte value) => _registers.Write8(MmioRegisters.Config + offset, value);

    /// <inheritdoc/>
    public override void WriteConfig32(uint offset, uint value) => _registers.Write32(MmioRegisters.Config + offset, value);

    /// <summary>There is one interrupt for all queues: it wakes the core of the first.</summary>
    private void ConnectInterrupt(int core)
    {
        if (_connectedCore < 0)
        {
            if (_node.HasInterrupt && _wakeUps.TryConnect(_node.Interrupt, false, core))
            {
                _connectedCore = core;
            }
        }
        else
        {
            _isShared |= core != _connectedCore;
        }
    }

    private void Write64(uint offset, ulong value)
    {
        _registers.Write32(offset, (uint)value);
        _registers.Write32(offset + 4, (uint)(value >> 32));
    }
}

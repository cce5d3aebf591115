using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using ToroCosmos.Devices;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>
/// A device's registers on PCI, all behind one base address: common configuration at 0, interrupt status at 0x1000, the
/// device's configuration at 0x2000, notifications at 0x3000, the table of messages at 0x4000.
/// </summary>
/// <param name="device">The device.</param>
public sealed class FakePciRegisters(FakeDevice device) : RegisterBlock(0x8000)
{
    public const uint InterruptStart = 0x1000;
    public const uint ConfigStart = 0x2000;
    public const uint NotifyStart = 0x3000;
    public const uint MessagesStart = 0x4000;
    public const uint NotifyMultiplier = 4;

    private readonly byte[] _common = new byte[PciCommonConfig.Bytes];
    private readonly Dictionary<int, ushort> _vectors = [];

    /// <summary>The table of messages.</summary>
    public byte[] Messages { get; } = new byte[0x1000];

    /// <summary>How many vectors the device can give its queues.</summary>
    public int Vectors { get; set; } = int.MaxValue;

    /// <summary>The vector of a queue.</summary>
    public ushort VectorOf(int queue) => _vectors.GetValueOrDefault(queue, PciCommonConfig.NoVector);

    /// <inheritdoc/>
    public override byte Read8(uint offset)
    {
        if (device.IsGone)
        {
            return byte.MaxValue;
        }

        if (offset == InterruptStart)
        {
            device.Acknowledged++;
            return 0;
        }

        return offset switch
        {
            PciCommonConfig.DeviceStatus => (byte)device.ReadStatus(),
            PciCommonConfig.ConfigGeneration => device.ReadGeneration(),
            >= ConfigStart and < NotifyStart => Config(offset, 1)[0],
            _ => throw new DriverException($"A read of 8 bits at 0x{offset:x}."),
        };
    }

    /// <inheritdoc/>
    public override ushort Read16(uint offset) => device.IsGone ? ushort.MaxValue : offset switch
    {
        PciCommonConfig.NumberOfQueues => (ushort)device.QueueCount,
        PciCommonConfig.QueueSize => _sizes.GetValueOrDefault(Queue, (ushort)device.SizeOf(Queue)),
        PciCommonConfig.QueueMsixVector => VectorOf(Queue),
        PciCommonConfig.QueueEnable => device.IsEnabled(Queue) ? (ushort)1 : (ushort)0,
        PciCommonConfig.QueueNotifyOffset => (ushort)Queue,
        >= ConfigStart and < NotifyStart => BinaryPrimitives.ReadUInt16LittleEndian(Config(offset, 2)),
        _ => throw new DriverException($"A read of 16 bits at 0x{offset:x}."),
    };

    /// <inheritdoc/>
    public override uint Read32(uint offset) => device.IsGone ? uint.MaxValue : offset switch
    {
        PciCommonConfig.DeviceFeature => (uint)(device.Offered >> (32 * (int)Common32(PciCommonConfig.DeviceFeatureSelect))),
        >= ConfigStart and < NotifyStart => BinaryPrimitives.ReadUInt32LittleEndian(Config(offset, 4)),
        _ => throw new DriverException($"A read of 32 bits at 0x{offset:x}."),
    };

    /// <inheritdoc/>
    public override void Write8(uint offset, byte value)
    {
        if (offset == PciCommonConfig.DeviceStatus)
        {
            if (value == 0)
            {
                _sizes.Clear();
                _vectors.Clear();
            }

            device.WriteStatus((DeviceStatusFlags)value);
        }
        else
        {
            Config(offset, 1)[0] = value;
        }
    }

    /// <inheritdoc/>
    public override void Write16(uint offset, ushort value)
    {
        switch (offset)
        {
            case PciCommonConfig.QueueSelect or PciCommonConfig.ConfigMsixVector:
                BinaryPrimitives.WriteUInt16LittleEndian(_common.AsSpan((int)offset), value);
                break;
            case PciCommonConfig.QueueSize:
                _sizes[Queue] = value;
                break;
            case PciCommonConfig.QueueMsixVector:
                _vectors[Queue] = value < Vectors ? value : PciCommonConfig.NoVector;
                break;
            case PciCommonConfig.QueueEnable:
                if (value != 1)
                {
                    throw new DriverException("0 is written to queue_enable (4.1.4.3.2).");
                }

                device.Enable(
                    Queue,
                    _sizes.GetValueOrDefault(Queue, (ushort)device.SizeOf(Queue)),
                    Common64(PciCommonConfig.QueueDescriptors),
                    Common64(PciCommonConfig.QueueDriver),
                    Common64(PciCommonConfig.QueueDevice));
                break;
            case >= NotifyStart and < MessagesStart:
                if (offset != NotifyStart + (value * NotifyMultiplier))
                {
                    throw new DriverException($"Queue {value} is notified at 0x{offset:x} (4.1.4.4).");
                }

                device.Notify(value);
                break;
            default:
                throw new DriverException($"A write of 16 bits at 0x{offset:x}.");
        }
    }

    /// <inheritdoc/>
    public override void Write32(uint offset, uint value)
    {
        if (offset >= MessagesStart)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Messages.AsSpan((int)(offset - MessagesStart)), value);
            return;
        }

        if (offset >= ConfigStart)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Config(offset, 4), value);
            return;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_common.AsSpan((int)offset), value);
        if (offset == PciCommonConfig.DriverFeature)
        {
            int shift = 32 * (int)Common32(PciCommonConfig.DriverFeatureSelect);
            device.Take((device.Taken & ~((ulong)uint.MaxValue << shift)) | ((ulong)value << shift));
        }
    }

    private readonly Dictionary<int, ushort> _sizes = [];

    private int Queue => BinaryPrimitives.ReadUInt16LittleEndian(_common.AsSpan((int)PciCommonConfig.QueueSelect));

    private uint Common32(uint offset) => BinaryPrimitives.ReadUInt32LittleEndian(_common.AsSpan((int)offset));

    private ulong Common64(uint offset) => BinaryPrimitives.ReadUInt64LittleEndian(_common.AsSpan((int)offset));

    private Span<byte> Config(uint offset, int width)
    {
        int start = (int)(offset - ConfigStart);
        return start + width <= device.Config.Length
            ? device.Config.AsSpan(start, width)
            : throw new DriverException($"{width} bytes at {start} of a configuration of {device.Config.Length}.");
    }
}

using System;
using System.Buffers.Binary;
using ToroCosmos.Devices;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>A device's registers in memory (VirtIO 1.2, MMIO Device Register Layout).</summary>
/// <param name="device">The device.</param>
public sealed class FakeMmioRegisters(FakeDevice device) : RegisterBlock(0x200)
{
    private readonly uint[] _written = new uint[0x40];

    /// <summary>What the magic reads as.</summary>
    public uint Magic { get; init; } = MmioRegisters.MagicValue;

    /// <summary>What the version reads as.</summary>
    public uint Version { get; init; } = MmioRegisters.ModernVersion;

    /// <summary>The interrupts that it claims.</summary>
    public uint Claimed { get; set; }

    /// <inheritdoc/>
    public override byte Read8(uint offset) => Config(offset, 1)[0];

    /// <inheritdoc/>
    public override ushort Read16(uint offset) => BinaryPrimitives.ReadUInt16LittleEndian(Config(offset, 2));

    /// <inheritdoc/>
    public override uint Read32(uint offset) => offset >= MmioRegisters.Config
        ? BinaryPrimitives.ReadUInt32LittleEndian(Config(offset, 4))
        : device.IsGone ? uint.MaxValue
        : offset switch
        {
            MmioRegisters.Magic => Magic,
            MmioRegisters.Version => Version,
            MmioRegisters.DeviceId => (uint)device.Type,
            MmioRegisters.DeviceFeatures => (uint)(device.Offered >> (32 * (int)Written(MmioRegisters.DeviceFeaturesSelect))),
            MmioRegisters.QueueMaximum => (uint)device.SizeOf(Queue),
            MmioRegisters.QueueReady => device.IsEnabled(Queue) ? 1u : 0,
            MmioRegisters.InterruptStatus => Claimed,
            MmioRegisters.Status => (uint)device.ReadStatus(),
            MmioRegisters.ConfigGeneration => device.ReadGeneration(),
            _ => throw new DriverException($"A read of the register at 0x{offset:x}."),
        };

    /// <inheritdoc/>
    public override void Write8(uint offset, byte value) => Config(offset, 1)[0] = value;

    /// <inheritdoc/>
    public override void Write16(uint offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Config(offset, 2), value);

    /// <inheritdoc/>
    public override void Write32(uint offset, uint value)
    {
        if (device.IsGone)
        {
            return;
        }

        if (offset >= MmioRegisters.Config)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Config(offset, 4), value);
            return;
        }

        _written[offset / 4] = value;
        switch (offset)
        {
            case MmioRegisters.DriverFeatures:
                int shift = 32 * (int)Written(MmioRegisters.DriverFeaturesSelect);
                device.Take((device.Taken & ~((ulong)uint.MaxValue << shift)) | ((ulong)value << shift));
                break;
            case MmioRegisters.Status:
                device.WriteStatus((DeviceStatusFlags)value);
                break;
            case MmioRegisters.QueueReady when value == 1:
                device.Enable(
                    Queue,
                    (int)Written(MmioRegisters.QueueSize),
                    Wide(MmioRegisters.QueueDescriptors),
                    Wide(MmioRegisters.QueueDriver),
                    Wide(MmioRegisters.QueueDevice));
                break;
            case MmioRegisters.QueueNotify:
                device.Notify((int)value);
                break;
            case MmioRegisters.InterruptAcknowledge:
                if ((value & ~Claimed) != 0)
                {
                    throw new DriverException($"Interrupts 0x{value:x} are acknowledged of 0x{Claimed:x} (4.2.2).");
                }

                device.Acknowledged++;
                Claimed &= ~value;
                break;
        }
    }

    private int Queue => (int)Written(MmioRegisters.QueueSelect);

    private uint Written(uint offset) => _written[offset / 4];

    private ulong Wide(uint offset) => Written(offset) | ((ulong)Written(offset + 4) << 32);

    /// <summary>The configuration has fewer bytes than the window: what is behind reads as 0.</summary>
    private Span<byte> Config(uint offset, int width)
    {
        if (offset < MmioRegisters.Config)
        {
            throw new DriverException($"An access of {width} bytes to the register at 0x{offset:x} (4.2.2.2).");
        }

        int start = (int)(offset - MmioRegisters.Config);
        return start + width <= device.Config.Length ? device.Config.AsSpan(start, width) : new byte[width];
    }
}

using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Virtio.Drivers;

/// <summary>What a block device tells of itself (VirtIO 1.2, Block Device: Device configuration layout).</summary>
public readonly struct BlockGeometry
{
    /// <summary>The unit of all sector numbers and counts, in bytes, whatever the device's blocks are.</summary>
    public const int SectorBytes = 512;

    // Feature bits.
    internal const int SizeMaximum = 1;
    internal const int SegmentMaximum = 2;
    internal const int ReadOnly = 5;
    internal const int BlockSize = 6;
    internal const int Flush = 9;
    internal const int Topology = 10;
    internal const int SeveralQueues = 12;
    internal const int Discard = 13;
    internal const int WriteZeroes = 14;

    // The longest logical block that makes sense; more is a mistake of the device.
    private const uint LargestBlock = 1 << 20;

    /// <summary>How many sectors there are.</summary>
    public ulong Sectors { get; private init; }

    /// <summary>The block that reads and writes come in, in bytes: a power of two, 512 or more.</summary>
    public uint BlockBytes { get; private init; }

    /// <summary>The block that the medium has, in bytes: writing less makes it read, too.</summary>
    public ulong PhysicalBlockBytes { get; private init; }

    /// <summary>The longest buffer in a request, in bytes; a multiple of <see cref="BlockBytes"/>.</summary>
    public uint LongestBuffer { get; private init; }

    /// <summary>How many buffers of data a request can have: 1 or more.</summary>
    public uint MaximumBuffers { get; private init; }

    /// <summary>How many queues there are.</summary>
    public int Queues { get; private init; }

    /// <summary>The most sectors of a request to discard; 0 where the device does not.</summary>
    public uint MaximumDiscard { get; private init; }

    /// <summary>The most sectors of a request to write zeros; 0 where the device does not.</summary>
    public uint MaximumWriteZeroes { get; private init; }

    internal static VirtioStatus Read(VirtioDevice device, out BlockGeometry geometry)
    {
        geometry = default;
        ConfigReading reading = device.ReadConfig();
        if (!reading.Has(0, 8))
        {
            return VirtioStatus.BadConfiguration;
        }

        while (reading.Next())
        {
            uint blockBytes = device.Has(BlockSize) ? reading.Read32(20) : SectorBytes;
            uint longest = device.Has(SizeMaximum) ? reading.Read32(8) : uint.MaxValue;
            uint buffers = device.Has(SegmentMaximum) ? reading.Read32(12) : 1;
            geometry = new BlockGeometry
            {
                Sectors = reading.Read64(0),
                BlockBytes = blockBytes,
                PhysicalBlockBytes = (ulong)blockBytes << (device.Has(Topology) ? reading.Read8(24) & 31 : 0),
                LongestBuffer = longest & ~(blockBytes - 1),
                MaximumBuffers = buffers == 0 ? 1 : buffers,
                Queues = device.Has(SeveralQueues) ? reading.Read16(34) : 1,
                MaximumDiscard = device.Has(Discard) && reading.Read32(40) > 0 ? reading.Read32(36) : 0,
                MaximumWriteZeroes = device.Has(WriteZeroes) && reading.Read32(52) > 0 ? reading.Read32(48) : 0,
            };
        }

        uint block = geometry.BlockBytes;
        bool isSound = reading.IsStable
            && block >= SectorBytes && block <= LargestBlock && (block & (block - 1)) == 0
            && geometry.LongestBuffer > 0
            && geometry.Queues > 0
            && geometry.Sectors <= ulong.MaxValue >> 9;
        return isSound ? VirtioStatus.Ok : VirtioStatus.BadConfiguration;
    }
}

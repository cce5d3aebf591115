using System;
using ToroCosmos.Virtio.Drivers;
using ToroCosmos.Virtio.Spec;
using ToroCosmos.Virtio.Transport;

namespace ToroCosmos.Samples.Devices;

/// <summary>Prints size and checksum of the whole disk, then writes a text to the start of its last sector.</summary>
internal static class BlockPart
{
    private const int ChunkBytes = 64 * 1024;
    private const ulong TimeoutNs = 30_000_000_000;

    public static bool Run(Part part)
    {
        VirtioTransport? transport = part.Find(VirtioDeviceType.Block);
        if (transport == null || !part.Succeeds(BlockDevice.Open(transport, Part.Host, 1, out BlockDevice? device), "open"))
        {
            return false;
        }

        bool succeeded = Sum(part, device!) && WriteText(part, device!);
        return part.Succeeds(device!.Close(), "close") && succeeded;
    }

    private static bool Sum(Part part, BlockDevice device)
    {
        ulong bytes = device.Geometry.Sectors * BlockGeometry.SectorBytes;
        byte[] chunk = new byte[ChunkBytes];
        var sum = new Crc32();
        for (ulong done = 0; done < bytes;)
        {
            Span<byte> data = chunk.AsSpan(0, (int)Math.Min(bytes - done, ChunkBytes));
            ulong sector = done / BlockGeometry.SectorBytes;
            if (!part.Succeeds(device.Lane(0)!.Read(sector, data, TimeoutNs), $"read sector {sector}"))
            {
                return false;
            }

            sum.Add(data);
            done += (ulong)data.Length;
        }

        part.Say($"{bytes} bytes, crc32 {sum.Value:X8}");
        return true;
    }

    private static bool WriteText(Part part, BlockDevice device)
    {
        ulong bytes = device.Geometry.Sectors * BlockGeometry.SectorBytes;
        uint block = device.Geometry.BlockBytes;
        if (bytes < block)
        {
            part.Say("the disk has no sector");
            return false;
        }

        // The device reads and writes whole blocks, which may be longer than a sector.
        byte[] data = new byte[block];
        ulong sector = (bytes - block) / BlockGeometry.SectorBytes;
        BlockLane lane = device.Lane(0)!;
        if (!part.Succeeds(lane.Read(sector, data, TimeoutNs), "read the last block"))
        {
            return false;
        }

        "ToroCosmos"u8.CopyTo(data.AsSpan((int)block - BlockGeometry.SectorBytes));
        return part.Succeeds(lane.Write(sector, data, TimeoutNs), "write the last block")
            && part.Succeeds(lane.Flush(TimeoutNs), "flush");
    }
}

using System;
using System.IO;
using System.Text;
using TestRunner.Machines;

namespace ToroCosmos.Devices.Tests;

/// <summary>A disk's file with contents of its own.</summary>
internal sealed class DiskImage
{
    private const int SectorBytes = 512;
    private readonly byte[] _contents;

    /// <param name="folder">Where it is made.</param>
    /// <param name="bytes">How long it is.</param>
    public DiskImage(TemporaryFolder folder, int bytes)
    {
        _contents = new byte[bytes];
        new Random(bytes).NextBytes(_contents);
        Path = folder.File($"disk-{bytes}.img");
        File.WriteAllBytes(Path, _contents);
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>What the sample prints of it.</summary>
    public string Line => $"blk: {_contents.Length} bytes, crc32 {Checksum(_contents):X8}";

    /// <summary>What it holds after the sample has written to it.</summary>
    public byte[] Written()
    {
        byte[] bytes = [.. _contents];
        Encoding.ASCII.GetBytes("ToroCosmos").CopyTo(bytes, bytes.Length - SectorBytes);
        return bytes;
    }

    /// <summary>What it holds now.</summary>
    public byte[] Read() => File.ReadAllBytes(Path);

    /// <summary>CRC-32 as in Ethernet, bit by bit.</summary>
    private static uint Checksum(byte[] bytes)
    {
        uint state = uint.MaxValue;
        foreach (byte value in bytes)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state & 1) != 0 ? (state >> 1) ^ 0xEDB88320 : state >> 1;
            }
        }

        return ~state;
    }
}

using System;

namespace ToroCosmos.Memory;

/// <summary>A stretch of memory that a device accesses: where code finds it, and where the device does.</summary>
public readonly unsafe struct DmaMemory
{
    /// <summary>Describes a stretch; it stays whose it is.</summary>
    /// <param name="start">Where code finds it.</param>
    /// <param name="address">Where a device finds it.</param>
    /// <param name="bytes">Its length.</param>
    public DmaMemory(byte* start, ulong address, uint bytes)
    {
        Start = start;
        Address = address;
        Bytes = bytes;
    }

    /// <summary>Where code finds it; null for no memory.</summary>
    public byte* Start { get; }

    /// <summary>Its physical address, where a device finds it.</summary>
    public ulong Address { get; }

    /// <summary>Its length, in bytes.</summary>
    public uint Bytes { get; }

    /// <summary>Whether there is any memory.</summary>
    public bool IsEmpty => Start == null || Bytes == 0;

    /// <summary>The memory as a span, of its first 2^31 - 1 bytes at most.</summary>
    public Span<byte> Span => new(Start, Bytes > int.MaxValue ? int.MaxValue : (int)Bytes);

    /// <summary>A part of it, cut to what is there: no memory when it begins behind the end.</summary>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="bytes">Its length.</param>
    public DmaMemory Part(uint offset, uint bytes)
    {
        if (offset >= Bytes)
        {
            return default;
        }

        uint left = Bytes - offset;
        return new DmaMemory(Start + offset, Address + offset, bytes < left ? bytes : left);
    }
}

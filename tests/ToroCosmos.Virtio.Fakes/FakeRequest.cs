using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Memory;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>A chain as a device has taken it from a queue.</summary>
/// <param name="Id">What the device names it by when it uses it.</param>
/// <param name="Descriptors">How many descriptors of the ring it occupies.</param>
/// <param name="Readable">The buffers that the device reads.</param>
/// <param name="Writable">The buffers that the device writes.</param>
public sealed unsafe record FakeRequest(
    int Id, int Descriptors, IReadOnlyList<DmaMemory> Readable, IReadOnlyList<DmaMemory> Writable)
{
    /// <summary>How many bytes the device may write.</summary>
    public ulong WritableBytes => (ulong)Writable.Sum(buffer => (long)buffer.Bytes);

    /// <summary>What the readable buffers hold, one after the other.</summary>
    public byte[] Read()
    {
        List<byte> bytes = [];
        foreach (DmaMemory buffer in Readable)
        {
            bytes.AddRange(buffer.Span);
        }

        return [.. bytes];
    }

    /// <summary>Writes into the writable buffers, from the beginning of the first on.</summary>
    /// <returns>How many bytes there was room for.</returns>
    public uint Write(ReadOnlySpan<byte> bytes)
    {
        uint written = 0;
        foreach (DmaMemory buffer in Writable)
        {
            int length = (int)Math.Min(buffer.Bytes, (uint)bytes.Length);
            bytes[..length].CopyTo(buffer.Span);
            bytes = bytes[length..];
            written += (uint)length;
        }

        return written;
    }
}

using System;
using System.Runtime.InteropServices;
using ToroCosmos.Memory;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>
/// The memory of a played machine, which code and a fake device share. Its physical addresses lie above 4 GiB and are not
/// where code finds it, so that a driver which takes one for the other is found out. It is full of rubbish, so that nothing
/// can count on zeroes.
/// </summary>
public sealed unsafe class FakeMemory : IDisposable
{
    private const ulong FirstAddress = 0x0012_3400_0000;
    private const byte Rubbish = 0xA5;

    private readonly byte* _start;
    private readonly uint _bytes;
    private uint _taken;

    /// <summary>Makes memory of which all is free.</summary>
    /// <param name="bytes">How much.</param>
    public FakeMemory(uint bytes = 1 << 20)
    {
        _bytes = bytes;
        _start = (byte*)NativeMemory.AlignedAlloc(bytes, 4096);
        NativeMemory.Fill(_start, bytes, Rubbish);
    }

    /// <summary>Takes a stretch, aligned to 128 bytes.</summary>
    /// <exception cref="InvalidOperationException">There is not so much left.</exception>
    public DmaMemory Take(uint bytes)
    {
        uint offset = (_taken + 127) & ~127U;
        if (bytes > _bytes || offset > _bytes - bytes)
        {
            throw new InvalidOperationException($"The test takes more memory than the {_bytes} bytes that it has.");
        }

        _taken = offset + bytes;
        return new DmaMemory(_start + offset, FirstAddress + offset, bytes);
    }

    /// <summary>What a device finds at a physical address.</summary>
    /// <exception cref="DriverException">The stretch is not memory of the machine.</exception>
    public byte* At(ulong address, uint bytes)
    {
        ulong offset = address - FirstAddress;
        if (offset > _bytes || bytes > _bytes - offset)
        {
            throw new DriverException($"The driver names {bytes} bytes at 0x{address:X}, which is no memory.");
        }

        return _start + offset;
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.AlignedFree(_start);
}

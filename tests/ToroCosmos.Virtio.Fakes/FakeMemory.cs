using System;
using System.Runtime.InteropServices;
using ToroCosmos.Memory;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>
/// The memory of a played machine, which code and a fake device share. Its physical addresses lie above 4 GiB and are not
/// where code finds it, so that a driver which takes one for the other is found out. It is full of rubbish, so that nothing
/// can count on zeroes.
/// </summary>
public unsafe class FakeMemory : IDisposable
{
    private const ulong FirstAddress = 0x0012_3400_0000;
    private const byte Rubbish = 0xA5;

    private readonly byte* _start;
    private readonly uint _bytes;
    private readonly bool _isOwn;
    private uint _taken;

    /// <summary>Makes memory of which all is free.</summary>
    /// <param name="bytes">How much.</param>
    public FakeMemory(uint bytes = 1 << 20)
    {
        _bytes = bytes;
        _start = (byte*)NativeMemory.AlignedAlloc(bytes, 4 << 20);
        NativeMemory.Fill(_start, bytes, Rubbish);
        _isOwn = true;
    }

    /// <summary>Plays the machine on memory of somebody else, which stays as it is.</summary>
    /// <param name="start">Where it is, aligned to 128 bytes.</param>
    /// <param name="bytes">How much.</param>
    public FakeMemory(byte* start, uint bytes)
    {
        _start = start;
        _bytes = bytes;
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

    /// <summary>Takes a stretch whose both addresses are aligned to its length, a power of two.</summary>
    /// <exception cref="InvalidOperationException">There is not so much left.</exception>
    public DmaMemory TakeAligned(uint bytes)
    {
        while ((((ulong)_start + _taken) & (bytes - 1)) != 0 || ((FirstAddress + _taken) & (bytes - 1)) != 0)
        {
            _taken = _taken + 128 <= _bytes
                ? _taken + 128
                : throw new InvalidOperationException($"No {bytes} bytes are aligned in both addresses.");
        }

        return Take(bytes);
    }

    /// <summary>What a device finds at a physical address.</summary>
    /// <exception cref="DriverException">The stretch is not memory of the machine.</exception>
    public virtual byte* At(ulong address, uint bytes)
    {
        ulong offset = address - FirstAddress;
        if (offset > _bytes || bytes > _bytes - offset)
        {
            throw new DriverException($"The driver names {bytes} bytes at 0x{address:X}, which is no memory.");
        }

        return _start + offset;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the memory back.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
        if (_isOwn)
        {
            NativeMemory.AlignedFree(_start);
        }
    }
}

using System;
using System.Runtime.InteropServices;

namespace ToroCosmos.Tests;

/// <summary>Native memory on a 128-byte line, filled with rubbish so that nothing can count on zeroes.</summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    public AlignedMemory(nuint bytes, byte fill = 0xA5)
    {
        Start = (byte*)NativeMemory.AlignedAlloc(bytes, 128);
        Bytes = bytes;
        NativeMemory.Fill(Start, bytes, fill);
    }

    public byte* Start { get; private set; }

    public nuint Bytes { get; }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Start);
        Start = null;
    }
}

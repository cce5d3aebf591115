using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using ToroCosmos.Memory;

namespace ToroCosmos.Virtio.Tests.Memory;

/// <summary>A pool of so many regions of one length, full of rubbish; their physical addresses are not where code finds them.</summary>
internal sealed unsafe class FakePool(uint regionBytes, int regions = 1) : DmaPool, IDisposable
{
    private readonly List<nint> _regions = [];

    public int Grown => _regions.Count;

    public void Dispose()
    {
        foreach (nint region in _regions)
        {
            NativeMemory.AlignedFree((void*)region);
        }
    }

    protected override DmaMemory Grow(uint leastBytes)
    {
        if (_regions.Count == regions)
        {
            return default;
        }

        byte* start = (byte*)NativeMemory.AlignedAlloc(regionBytes, regionBytes);
        NativeMemory.Fill(start, regionBytes, 0xA5);
        _regions.Add((nint)start);
        return new DmaMemory(start, ((ulong)_regions.Count << 32) + regionBytes, regionBytes);
    }
}

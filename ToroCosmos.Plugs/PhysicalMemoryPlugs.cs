using Cosmos.Core.Memory;
using IL2CPU.API.Attribs;
using ToroCosmos.Seam;

namespace ToroCosmos.Plugs;

/// <summary>Takes memory from Cosmos, in whole pages.</summary>
[Plug(Target = typeof(PhysicalMemory))]
public static unsafe class PhysicalMemoryPlugs
{
    private const int PageShift = 12;
    private const uint PageBytes = 1 << PageShift;
    private const uint Megabyte = 1 << 20;

    /// <summary>See <see cref="PhysicalMemory.Allocate"/>.</summary>
    public static byte* Allocate(nuint bytes, nuint alignment)
    {
        // Cosmos' pages need not be aligned to their size.
        uint wanted = (uint)bytes + (uint)alignment + PageBytes - 2;
        if (wanted < (uint)bytes)
        {
            return null;
        }

        byte* pages = KernelHeap.AllocatePages(wanted >> PageShift);
        uint mask = (uint)alignment - 1;
        return pages == null ? null : (byte*)(((uint)pages + mask) & ~mask);
    }

    /// <summary>
    /// See <see cref="PhysicalMemory.IsReadable"/>. Cosmos does not page: its image and its heap are the memory from 1 MiB to
    /// the heap's end, with nothing else in between.
    /// </summary>
    public static bool IsReadable(byte* memory, nuint bytes)
    {
        uint start = (uint)memory;
        uint end = start + (uint)bytes;
        return start >= Megabyte && end >= start && end <= (uint)RAT.HeapEnd;
    }
}

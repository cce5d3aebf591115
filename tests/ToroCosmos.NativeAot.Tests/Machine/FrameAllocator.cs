using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>Memory of the host, which no test gives back.</summary>
internal static unsafe class FrameAllocator
{
    public static byte* Allocate(ulong bytes, ulong alignment)
    {
        void* memory = NativeMemory.AlignedAlloc((nuint)bytes, (nuint)alignment);
        NativeMemory.Clear(memory, (nuint)bytes);
        return (byte*)memory;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ToroCosmos.Seam;

public static unsafe partial class VectorCopy
{
    public static partial bool IsSupported => Vector128.IsHardwareAccelerated;

    // Sixteen bytes at a time: SSE2 is part of x86-64, and a core's wider registers would have to be enabled first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static partial void CopyLine(byte* destination, byte* source)
    {
        Vector128<byte> a = Vector128.Load(source);
        Vector128<byte> b = Vector128.Load(source + 16);
        Vector128<byte> c = Vector128.Load(source + 32);
        Vector128<byte> d = Vector128.Load(source + 48);
        a.Store(destination);
        b.Store(destination + 16);
        c.Store(destination + 32);
        d.Store(destination + 48);
    }
}

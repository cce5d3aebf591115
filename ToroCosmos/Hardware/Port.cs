using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Hardware;

/// <summary>The processor's I/O port space. Part of the hardware seam.</summary>
public static class Port
{
    [RuntimeImport("*", "ToroPortRead8")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte Read8(ushort port);

    [RuntimeImport("*", "ToroPortRead16")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ushort Read16(ushort port);

    [RuntimeImport("*", "ToroPortRead32")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint Read32(ushort port);

    [RuntimeImport("*", "ToroPortWrite8")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Write8(ushort port, byte value);

    [RuntimeImport("*", "ToroPortWrite16")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Write16(ushort port, ushort value);

    [RuntimeImport("*", "ToroPortWrite32")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Write32(ushort port, uint value);
}

using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Seam;

public static partial class Port
{
    [RuntimeImport("*", "ToroPortRead8")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial byte Read8(ushort port);

    [RuntimeImport("*", "ToroPortRead16")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial ushort Read16(ushort port);

    [RuntimeImport("*", "ToroPortRead32")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial uint Read32(ushort port);

    [RuntimeImport("*", "ToroPortWrite8")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial void Write8(ushort port, byte value);

    [RuntimeImport("*", "ToroPortWrite16")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial void Write16(ushort port, ushort value);

    [RuntimeImport("*", "ToroPortWrite32")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial void Write32(ushort port, uint value);
}

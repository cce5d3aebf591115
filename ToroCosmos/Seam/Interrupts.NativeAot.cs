using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Seam;

public static unsafe partial class Interrupts
{
    [RuntimeImport("*", "ToroSetInterruptHandler")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern partial void Set(byte vector, delegate*<byte, void> handler);

    [RuntimeImport("*", "ToroUseLocalApic")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial void UseLocalApic(byte* registers);

    [RuntimeImport("*", "ToroIsLocalApicTaken")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial bool IsLocalApicTaken();
}

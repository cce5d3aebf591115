using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Seam;

internal static partial class Scheduling
{
    [RuntimeImport("*", "ToroTryPark")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial bool TryPark(ulong deadline);

    [RuntimeImport("*", "ToroTryLend")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial bool TryLend();

    [RuntimeImport("*", "ToroTryBind")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial bool TryBind(int core);
}

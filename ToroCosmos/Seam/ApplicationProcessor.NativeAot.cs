using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Seam;

public static unsafe partial class ApplicationProcessor
{
    [RuntimeImport("*", "ToroPrepareApplicationProcessor")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial byte Prepare(int core, delegate*<int, void> entry);
}

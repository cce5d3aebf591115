using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Hardware;

public static partial class Power
{
    [RuntimeImport("*", "ToroPowerOff")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial void Off(int exitCode);
}

using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Platform;

public static unsafe partial class MachineConsole
{
    [RuntimeImport("*", "ToroConsoleWriteLine")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern partial void WriteLine(byte* text, int length);
}

using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Seam;

public static unsafe partial class Firmware
{
    [RuntimeImport("*", "ToroFirmwareRootPointer")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial ulong RootPointer();

    [RuntimeImport("*", "ToroFirmwareCommandLine")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial byte* CommandLine();
}

using ToroCosmos.Seam;

namespace ToroCosmos.Platform;

public static unsafe partial class MachineConsole
{
    private static partial void WriteLine(byte* text, int length) => throw PlugMissing.Error();
}

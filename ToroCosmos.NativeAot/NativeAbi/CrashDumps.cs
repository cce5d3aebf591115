using System.Runtime;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>Files that tell of a program's end: there are none. The panic tells of it on the console.</summary>
internal static class CrashDumps
{
    [RuntimeExport("RhCreateCrashDumpIfEnabled")]
    private static void Create(nint exception, uint flags)
    {
    }
}

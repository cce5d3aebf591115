using System.Runtime;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>What the class library asks the system about the process.</summary>
internal static unsafe class Environment
{
    /// <summary>The kernel is no file; this is the name that it gives itself.</summary>
    public const string KernelName = "kernel";

    /// <summary>There are no environment variables.</summary>
    [RuntimeExport("SystemNative_GetEnv")]
    private static byte* GetVariable(byte* name) => null;
}

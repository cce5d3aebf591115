using System.Runtime;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.SystemAbi;

/// <summary>The error of the last call to the system, by thread.</summary>
internal static unsafe class LastError
{
    [RuntimeExport("GetLastError")]
    private static uint GetLastError() => ThreadBlock.Current()->LastError;

    [RuntimeExport("SetLastError")]
    private static void SetLastError(uint error) => ThreadBlock.Current()->LastError = error;
}

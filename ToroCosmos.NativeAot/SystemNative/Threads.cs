using System.Runtime;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.NativeAot.Threads;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>What the class library asks of an operating system's threads.</summary>
internal static unsafe class Threads
{
    /// <returns>0 when there is no memory.</returns>
    [RuntimeExport("SystemNative_CreateThread")]
    private static int Create(ulong stackBytes, delegate*<nint, nint> entry, nint parameter) =>
        ThreadStart.Run(stackBytes, entry, parameter) ? 1 : 0;

    [RuntimeExport("SystemNative_SchedGetCpu")]
    private static int Processor() => ToroCosmos.Seam.Cpu.CurrentCore();

    [RuntimeExport("SystemNative_TryGetUInt32OSThreadId")]
    private static uint Identifier() => (uint)ThreadBlock.Current()->Number;
}

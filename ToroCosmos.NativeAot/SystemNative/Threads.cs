using System.Runtime;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>What the class library takes for threads of an operating system: each core runs one, for ever.</summary>
internal static unsafe class Threads
{
    [RuntimeExport("SystemNative_SchedGetCpu")]
    private static int Processor() => CoreBlock.Current()->Id;

    [RuntimeExport("SystemNative_TryGetUInt32OSThreadId")]
    private static uint Identifier() => (uint)ThreadBlock.Current()->Number;
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using ToroCosmos.NativeAot.Console;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.Power;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>How a program ends the machine, and its last words.</summary>
internal static unsafe class Endings
{
    [DoesNotReturn]
    [RuntimeExport("SystemNative_Abort")]
    private static void Abort() => KernelPanic.Raise("Environment.FailFast"u8);

    [DoesNotReturn]
    [RuntimeExport("SystemNative_Exit")]
    private static void Exit(int exitCode) => MachinePower.Off(exitCode);

    [RuntimeExport("SystemNative_LogError")]
    private static void LogError(byte* text, int length) => Terminal.Write(text, length);

    [RuntimeExport("SystemNative_Log")]
    private static void Log(byte* text, int length) => Terminal.Write(text, length);
}

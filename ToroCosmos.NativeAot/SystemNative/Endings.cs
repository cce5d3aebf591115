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

    /// <summary>How C code ends a program, such as the compressor that finds no memory.</summary>
    [DoesNotReturn]
    [RuntimeExport("exit")]
    private static void ExitOfC(int exitCode) => MachinePower.Off(exitCode);

    [RuntimeExport("SystemNative_LogError")]
    private static void LogError(byte* text, int length) => Terminal.Write(text, length);

    /// <summary>The log of the system is the console: each entry is a line.</summary>
    /// <param name="format">"%s", for the text that follows.</param>
    [RuntimeExport("SystemNative_SysLog")]
    private static void LogLine(int priority, byte* format, byte* text)
    {
        int length = 0;
        while (text[length] != 0)
        {
            length++;
        }

        Terminal.WriteLine(text, length > 0 && text[length - 1] == '\n' ? length - 1 : length);
    }

    [RuntimeExport("SystemNative_Log")]
    private static void Log(byte* text, int length) => Terminal.Write(text, length);
}

using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using ToroCosmos.NativeAot.Exceptions;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>Where the class library ends up when it cannot go on.</summary>
internal static unsafe class FailFast
{
    private const int UnhandledException = 2;

    [DoesNotReturn]
    [RuntimeExport("ToroFailFast")]
    private static void Fail(int reason, Exception? exception, nint address, nint context)
    {
        string? text = exception == null ? null : Describe(exception);
        Registers registers = default;
        ExceptionExports.CaptureRegisters(&registers);
        var thrown = (ExInfo*)ThreadBlock.Current()->ExInfoHead;
        if (exception != null && thrown != null)
        {
            thrown->Context->CopyTo(out registers);
        }

        KernelPanic.Begin();
        PanicWriter.Text(reason == UnhandledException ? "unhandled exception"u8 : "the runtime cannot go on"u8);
        if (text != null)
        {
            PanicWriter.Text(": "u8);
            PanicWriter.Text(text);
        }

        PanicWriter.Text("\n"u8);
        KernelPanic.End(registers);
    }

    [DoesNotReturn]
    [RuntimeExport("RhpFallbackFailFast")]
    private static void Fallback() => KernelPanic.Raise("the exception dispatcher cannot go on"u8);

    private static string Describe(Exception exception)
    {
        try
        {
            return exception.ToString();
        }
#pragma warning disable CA1031 // Whatever goes wrong, the panic must still be reported.
        catch (Exception)
#pragma warning restore CA1031
        {
            return "(an exception that cannot be described)";
        }
    }
}

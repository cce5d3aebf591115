using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>What the class library calls and a bare machine does not have.</summary>
internal static unsafe class Refusals
{
    /// <summary>Throws an exception that names what was called, zero-terminated.</summary>
    [DoesNotReturn]
    [RuntimeExport("ToroRefuse")]
    private static void Refuse(byte* name) =>
        throw new PlatformNotSupportedException($"A kernel has no {Marshal.PtrToStringUTF8((nint)name)}.");
}

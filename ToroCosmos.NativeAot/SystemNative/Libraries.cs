using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>Libraries that are loaded when the kernel runs: there are none, and what is asked for is not found.</summary>
internal static unsafe class Libraries
{
    [RuntimeExport("SystemNative_LoadLibrary")]
    private static nint Load(byte* name) => 0;

    [RuntimeExport("SystemNative_GetLoadLibraryError")]
    private static byte* Error()
    {
        ReadOnlySpan<byte> text = "A kernel loads no libraries.\0"u8;
        return (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));
    }

    [RuntimeExport("SystemNative_GetDefaultSearchOrderPseudoHandle")]
    private static nint TheProgram() => 0;

    [RuntimeExport("SystemNative_GetProcAddress")]
    private static nint Find(nint library, byte* name) => 0;

    [RuntimeExport("SystemNative_FreeLibrary")]
    private static void Free(nint library)
    {
    }
}

using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ToroCosmos.Smp;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>What the class library asks about the runtime it stands on.</summary>
internal static unsafe class RuntimeInformation
{
    private const int CrashBufferSize = 4096;

    private static CrashBufferBytes s_crashBuffer;

    [InlineArray(CrashBufferSize)]
    private struct CrashBufferBytes
    {
        private byte _first;
    }

    [RuntimeExport("RhGetProcessCpuCount")]
    private static int ProcessorCount() => Cores.Expected;

    /// <summary>Where the class library writes what a debugger would want of a crash; nobody reads it here.</summary>
    [RuntimeExport("RhGetCrashInfoBuffer")]
    private static byte* CrashBuffer(int* length)
    {
        *length = CrashBufferSize;
        return (byte*)Unsafe.AsPointer(ref s_crashBuffer[0]);
    }

    [RuntimeExport("RhGetRuntimeVersion")]
    private static byte* RuntimeVersion(int* length)
    {
        ReadOnlySpan<byte> name = "ToroCosmos"u8;
        *length = name.Length;
        return (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(name));
    }

    /// <summary>The kernel is no file; this is the name that stack traces give it.</summary>
    [RuntimeExport("RhGetModuleFileName")]
    private static int ModuleFileName(nint module, byte** name)
    {
        ReadOnlySpan<byte> kernel = SystemNative.Environment.KernelName;
        *name = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(kernel));
        return kernel.Length;
    }

    [RuntimeExport("DebugDebugger_IsNativeDebuggerAttached")]
    private static int IsDebuggerAttached() => 0;
}

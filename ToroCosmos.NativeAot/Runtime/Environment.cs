using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Smp;
using ToroCosmos.Smp;

namespace ToroCosmos.NativeAot.Runtime;

/// <summary>What the class library asks about its surroundings.</summary>
internal static unsafe class Environment
{
    private const int ErrorFileNotFound = 2;
    private const uint ErrorVariableNotFound = 203;
    private const int CrashBufferSize = 4096;
    private const string KernelName = "kernel";

    private static CrashBufferBytes s_crashBuffer;

    [InlineArray(CrashBufferSize)]
    private struct CrashBufferBytes
    {
        private byte _first;
    }

    /// <summary>There are no environment variables.</summary>
    [RuntimeExport("GetEnvironmentVariableW")]
    private static uint GetVariable(char* name, char* buffer, uint size)
    {
        CoreBlock.Current()->LastError = ErrorVariableNotFound;
        return 0;
    }

    [RuntimeExport("RhGetProcessCpuCount")]
    private static int ProcessorCount() => Cores.Count;

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
    private static int ModuleFileName(nint module, char** name)
    {
        // String literals do not move.
        fixed (char* literal = KernelName)
        {
            *name = literal;
        }

        return KernelName.Length;
    }

    [RuntimeExport("GetModuleFileNameW")]
    private static int ModuleFileNameW(nint module, char* buffer, int size)
    {
        for (int i = 0; i < KernelName.Length && i < size; i++)
        {
            buffer[i] = KernelName[i];
        }

        return Math.Min(KernelName.Length, size);
    }

    [RuntimeExport("DebugDebugger_IsNativeDebuggerAttached")]
    private static int IsDebuggerAttached() => 0;

    /// <summary>There is no registry, so no key.</summary>
    [RuntimeExport("RegOpenKeyExW")]
    private static int OpenRegistryKey(nint key, char* name, int options, int access, nint* opened) => ErrorFileNotFound;

    /// <summary>There is no event log, so no source of events.</summary>
    [RuntimeExport("RegisterEventSourceW")]
    private static nint RegisterEventSource(char* server, char* source) => 0;

    // The collections of a collector that does not exist.
    [RuntimeExport("RhGetGcCollectionCount")]
    private static int CollectionCount(int generation, byte special) => 0;

    [RuntimeExport("RhGetMaxGcGeneration")]
    private static int MaximumGeneration() => 0;

    [RuntimeExport("RhGetGeneration")]
    private static int Generation(nint target) => 0;

    [RuntimeExport("RhpGetGcTotalMemory")]
    private static long TotalMemory() => (long)FrameAllocator.Allocated;

    [RuntimeExport("RhSuppressFinalize")]
    private static void SuppressFinalize(nint target)
    {
    }

    [RuntimeExport("RhReRegisterForFinalize")]
    private static byte ReRegisterForFinalize(nint target) => 1;
}

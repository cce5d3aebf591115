using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.SystemAbi;

/// <summary>What the class library asks the system about the process, and of it.</summary>
internal static unsafe class Environment
{
    /// <summary>The kernel is no file; this is the name that it gives itself.</summary>
    public const string KernelName = "kernel";

    private const int ErrorFileNotFound = 2;
    private const uint ErrorVariableNotFound = 203;

    /// <summary>There are no environment variables.</summary>
    [RuntimeExport("GetEnvironmentVariableW")]
    private static uint GetVariable(char* name, char* buffer, uint size)
    {
        ThreadBlock.Current()->LastError = ErrorVariableNotFound;
        return 0;
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

    /// <summary>There is no registry, so no key.</summary>
    [RuntimeExport("RegOpenKeyExW")]
    private static int OpenRegistryKey(nint key, char* name, int options, int access, nint* opened) => ErrorFileNotFound;

    /// <summary>There is no event log, so no source of events.</summary>
    [RuntimeExport("RegisterEventSourceW")]
    private static nint RegisterEventSource(char* server, char* source) => 0;

    [DoesNotReturn]
    [RuntimeExport("RaiseFailFastException")]
    private static void RaiseFailFast(nint record, nint context, uint flags) =>
        KernelPanic.Raise("Environment.FailFast"u8);
}

using System;
using System.Runtime;
using System.Runtime.InteropServices;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.SystemAbi;

/// <summary>
/// Looking functions up by name at run time. There is one library, which every name means, and it has the one function
/// that the class library looks for: the clock's.
/// </summary>
internal static unsafe class Libraries
{
    private const nint TheLibrary = 1;
    private const uint ErrorFunctionNotFound = 127;

    [RuntimeExport("LoadLibraryExW")]
    private static nint Load(char* name, nint file, uint flags) => TheLibrary;

    [RuntimeExport("GetProcAddress")]
    private static nint Find(nint library, byte* name)
    {
        ReadOnlySpan<byte> wanted = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        if (wanted.SequenceEqual("GetSystemTimeAsFileTime"u8) || wanted.SequenceEqual("GetSystemTimePreciseAsFileTime"u8))
        {
            return (nint)(delegate*<long*, void>)&WallClock.FileTime;
        }

        ThreadBlock.Current()->LastError = ErrorFunctionNotFound;
        return 0;
    }

    [RuntimeExport("FreeLibrary")]
    private static int Free(nint library) => 1;
}

using System.Runtime;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>What went wrong in the last call, by thread: the numbers of Linux.</summary>
internal static unsafe class ErrorNumbers
{
    public const int NoEntry = 2;           // ENOENT
    public const int BadDescriptor = 9;     // EBADF
    public const int OutOfMemory = 12;      // ENOMEM
    public const int Invalid = 22;          // EINVAL

    [RuntimeExport("SystemNative_GetErrNo")]
    private static int Get() => (int)ThreadBlock.Current()->LastError;

    [RuntimeExport("SystemNative_SetErrNo")]
    public static void Set(int error) => ThreadBlock.Current()->LastError = (uint)error;

    /// <summary>Notes the error.</summary>
    /// <returns>-1, which is how a call fails.</returns>
    public static int Fail(int error)
    {
        Set(error);
        return -1;
    }
}

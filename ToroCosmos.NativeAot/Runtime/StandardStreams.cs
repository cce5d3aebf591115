using System.Runtime;
using ToroCosmos.NativeAot.Console;

namespace ToroCosmos.NativeAot.Runtime;

/// <summary>Standard output and error: both are the machine's console.</summary>
internal static unsafe class StandardStreams
{
    private const uint Utf8 = 65001;

    [RuntimeExport("GetStdHandle")]
    private static nint GetHandle(int which) => which;

    [RuntimeExport("GetConsoleOutputCP")]
    private static uint CodePage() => Utf8;

    [RuntimeExport("WriteFile")]
    private static int Write(nint handle, byte* buffer, int length, int* written, nint overlapped)
    {
        Terminal.Write(buffer, length);
        *written = length;
        return 1;
    }
}

using System.Runtime;
using ToroCosmos.NativeAot.Console;

namespace ToroCosmos.NativeAot.SystemAbi;

/// <summary>Standard output and error: both are the machine's console.</summary>
internal static unsafe class StandardStreams
{
    private const uint Utf8 = 65001;
    private const uint Pipe = 3;

    [RuntimeExport("GetStdHandle")]
    private static nint GetHandle(int which) => which;

    /// <summary>They are no console that knows about cursors and colours, but a stream of bytes.</summary>
    [RuntimeExport("GetConsoleMode")]
    private static int GetConsoleMode(nint handle, uint* mode) => 0;

    [RuntimeExport("GetFileType")]
    private static uint GetFileType(nint handle) => Pipe;

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

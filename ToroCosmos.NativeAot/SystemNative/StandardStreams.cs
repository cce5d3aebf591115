using System.Runtime;
using ToroCosmos.NativeAot.Console;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>Standard output and error: both are the machine's console.</summary>
internal static unsafe class StandardStreams
{
    private const nint Output = 1;
    private const nint Error = 2;

    [RuntimeExport("SystemNative_Dup")]
    private static nint Duplicate(nint descriptor) =>
        descriptor is >= 0 and <= Error ? descriptor : ErrorNumbers.Fail(ErrorNumbers.BadDescriptor);

    [RuntimeExport("SystemNative_Write")]
    private static int Write(nint descriptor, byte* buffer, int length)
    {
        if (descriptor is not Output and not Error)
        {
            return ErrorNumbers.Fail(ErrorNumbers.BadDescriptor);
        }

        Terminal.Write(buffer, length);
        return length;
    }
}

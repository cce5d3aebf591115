using System.Runtime;
using ToroCosmos.NativeAot.Console;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// The standard streams: what is read comes from the machine's console, and output and error go to it. The class library
/// takes them for pipes, not for a terminal with a cursor.
/// </summary>
internal static unsafe class StandardStreams
{
    public const nint Input = 0;
    public const nint Output = 1;
    public const nint Error = 2;

    /// <summary>Whether a descriptor is one of them.</summary>
    public static bool Has(nint descriptor) => descriptor is >= Input and <= Error;

    [RuntimeExport("SystemNative_InitializeTerminalAndSignalHandling")]
    private static int Initialize() => 1;

    [RuntimeExport("SystemNative_UninitializeTerminal")]
    private static void Uninitialize()
    {
    }

    // Its size never changes.
    [RuntimeExport("SystemNative_SetTerminalInvalidationHandler")]
    private static void SetInvalidationHandler(nint handler)
    {
    }

    [RuntimeExport("SystemNative_IsATty")]
    private static int IsTerminal(nint descriptor) => 0;

    /// <summary>No size is known; the class library has one for this case.</summary>
    [RuntimeExport("SystemNative_GetWindowSize")]
    private static int WindowSize(nint terminal, ulong* size)
    {
        *size = 0;
        return ErrorNumbers.Fail(ErrorNumbers.NoTerminal);
    }

    [RuntimeExport("SystemNative_Dup")]
    private static nint Duplicate(nint descriptor) => Has(descriptor) ? descriptor : ErrorNumbers.Fail(ErrorNumbers.BadDescriptor);

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

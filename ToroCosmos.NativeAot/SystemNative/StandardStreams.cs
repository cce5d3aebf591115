using System.Runtime;
using ToroCosmos.NativeAot.Console;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// The standard streams: what is read comes from the machine's console, and output and error go to it. It is a terminal,
/// described by <see cref="TerminalDescription"/>.
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

    [RuntimeExport("SystemNative_SetKeypadXmit")]
    private static void SetKeypad(nint terminal, byte* text)
    {
    }

    [RuntimeExport("SystemNative_IsATty")]
    private static int IsTerminal(nint descriptor) => Has(descriptor) ? 1 : 0;

    /// <summary>That of a text screen, in four words: rows, columns, and the same in pixels, which nobody asks for.</summary>
    [RuntimeExport("SystemNative_GetWindowSize")]
    private static int WindowSize(nint terminal, ushort* size)
    {
        size[0] = 25;
        size[1] = 80;
        size[2] = size[3] = 0;
        return 0;
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
        TerminalInput.Poll();
        Signals.Deliver();
        return length;
    }
}

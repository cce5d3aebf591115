using System;
using System.Runtime.InteropServices;

namespace ToroCosmos.Platform;

/// <summary>
/// The machine's console: the first serial port and the screen. Lines of different cores never mix. Part of the
/// hardware seam.
/// </summary>
public static unsafe partial class MachineConsole
{
    /// <summary>Prints one line, whole, followed by a line break.</summary>
    /// <param name="line">The text in ASCII; other bytes are passed on as they are.</param>
    [AnyCore]
    public static void WriteLine(ReadOnlySpan<byte> line)
    {
        fixed (byte* text = line)
        {
            WriteLine(text, line.Length);
        }
    }

    /// <summary>Prints one line, whole, followed by a line break. A character outside ASCII is printed as '?'.</summary>
    [AnyCore]
    public static void WriteLine(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        LineBuffer buffer;
        byte* text = &buffer.First;
        int length = Math.Min(line.Length, MaximumLineLength);
        for (int i = 0; i < length; i++)
        {
            text[i] = line[i] < 0x80 ? (byte)line[i] : (byte)'?';
        }

        WriteLine(text, length);
    }

    /// <summary>The longest line, in characters; what is beyond is cut off.</summary>
    public const int MaximumLineLength = 1024;

    private static partial void WriteLine(byte* text, int length);

    /// <summary>Room on the stack; what C# calls stackalloc is on the heap under IL2CPU.</summary>
    [StructLayout(LayoutKind.Sequential, Size = MaximumLineLength)]
    private struct LineBuffer
    {
        public byte First;
    }
}

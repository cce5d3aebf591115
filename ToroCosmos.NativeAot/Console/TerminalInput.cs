using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Console;

/// <summary>
/// Lines that are typed at the serial port: shown as they are typed, ended by Return, corrected by Backspace; Ctrl-D at
/// the beginning of a line ends the input.
/// </summary>
internal static unsafe class TerminalInput
{
    private const int LongestLine = 4096;
    private const byte EndOfInput = 0x04;
    private const byte Backspace = 0x08;
    private const byte Delete = 0x7F;

    private static Processor.SpinLock s_lock;
    private static Line s_line;
    private static int s_length;
    private static int s_taken;

    [System.Runtime.CompilerServices.InlineArray(LongestLine)]
    private struct Line
    {
        private byte _first;
    }

    /// <summary>Takes characters of the line that was typed; waits for a whole one when there are none left.</summary>
    /// <returns>How many there were; 0 at the end of the input.</returns>
    public static int Read(byte* buffer, int length)
    {
        s_lock.Enter();
        if (s_taken == s_length && length > 0)
        {
            s_taken = 0;
            s_length = 0;
            while (!TakeCharacter())
            {
            }
        }

        int count = 0;
        while (count < length && s_taken < s_length)
        {
            buffer[count++] = s_line[s_taken++];
        }

        s_lock.Exit();
        return count;
    }

    /// <summary>Waits for a character.</summary>
    /// <returns>Whether it ends the line.</returns>
    private static bool TakeCharacter()
    {
        byte character;
        while (!MachineSerialPort.TryRead(out character))
        {
            Cpu.Pause();
        }

        switch (character)
        {
            case (byte)'\r':
            case (byte)'\n':
                Show("\n"u8);
                s_line[s_length++] = (byte)'\n';
                return true;
            case EndOfInput:
                return s_length == 0;
            case Backspace:
            case Delete:
                RemoveLast();
                return false;
            default:
                // The last place is the line break's.
                if (s_length < LongestLine - 1)
                {
                    s_line[s_length++] = character;
                    Terminal.Write(&character, 1);
                }

                return false;
        }
    }

    /// <summary>Takes the last character back, with all its bytes (UTF-8 continues with 10xxxxxx).</summary>
    private static void RemoveLast()
    {
        if (s_length == 0)
        {
            return;
        }

        do
        {
            s_length--;
        }
        while (s_length > 0 && (s_line[s_length] & 0xC0) == 0x80);
        Show("\b \b"u8);
    }

    private static void Show(System.ReadOnlySpan<byte> text)
    {
        fixed (byte* first = text)
        {
            Terminal.Write(first, text.Length);
        }
    }
}

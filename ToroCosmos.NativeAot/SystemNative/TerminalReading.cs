using System.Runtime;
using System.Threading;
using ToroCosmos.NativeAot.Console;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// Reading from the terminal, character by character: the class library shows what is typed and makes lines of it.
/// </summary>
internal static unsafe class TerminalReading
{
    private const int LookEveryMilliseconds = 1;
    private const int MillisecondsPerDecisecond = 100;

    /// <summary>What comes later is another key: the key Escape is a sequence that does not go on.</summary>
    private const int LongestGapMilliseconds = 50;
    private const byte NoCharacter = 0;

    private static byte s_leastCharacters = 1;
    private static byte s_deciseconds;

    /// <summary>How the next reads wait, as termios(3) has it: for how many characters, and how long for the first.</summary>
    [RuntimeExport("SystemNative_InitializeConsoleBeforeRead")]
    private static void Begin(byte leastCharacters, byte deciseconds)
    {
        s_leastCharacters = leastCharacters;
        s_deciseconds = deciseconds;
    }

    [RuntimeExport("SystemNative_UninitializeConsoleAfterRead")]
    private static void End()
    {
    }

    [RuntimeExport("SystemNative_ReadStdin")]
    public static int Read(byte* buffer, int length)
    {
        long left = s_leastCharacters == 0 ? s_deciseconds * MillisecondsPerDecisecond : long.MaxValue;
        while (true)
        {
            int count = TerminalInput.Take(buffer, length);
            Signals.Deliver();
            if (count > 0 || length == 0 || left <= 0)
            {
                return TakeWholeSequence(buffer, count, length);
            }

            Thread.Sleep(LookEveryMilliseconds);
            left -= LookEveryMilliseconds;
        }
    }

    /// <summary>The characters of a key come one after the other; the class library knows a key that has come whole.</summary>
    private static int TakeWholeSequence(byte* buffer, int count, int length)
    {
        EscapeSequences sequences = default;
        int seen = 0;
        for (int waited = 0; waited < LongestGapMilliseconds; waited += LookEveryMilliseconds)
        {
            for (; seen < count; seen++)
            {
                sequences.Take(buffer[seen]);
                waited = 0;
            }

            if (!sequences.IsInside || count == length)
            {
                break;
            }

            Thread.Sleep(LookEveryMilliseconds);
            count += TerminalInput.Take(buffer + count, length - count);
        }

        return count;
    }

    [RuntimeExport("SystemNative_StdinReady")]
    private static int IsReady() => TerminalInput.IsReady ? 1 : 0;

    /// <summary>The characters that mean something, by the class library's names for them.</summary>
    [RuntimeExport("SystemNative_GetControlCharacters")]
    private static void ControlCharacters(int* names, byte* values, int count, byte* noCharacter)
    {
        *noCharacter = NoCharacter;
        for (int i = 0; i < count; i++)
        {
            values[i] = names[i] switch
            {
                0 => 0x03,      // VINTR: Ctrl-C
                2 => 0x7F,      // VERASE: Backspace
                4 => 0x04,      // VEOF: Ctrl-D
                _ => NoCharacter,
            };
        }
    }

    [RuntimeExport("SystemNative_GetSignalForBreak")]
    private static int SignalsInterrupt() => TerminalInput.SignalsInterrupt ? 1 : 0;

    [RuntimeExport("SystemNative_SetSignalForBreak")]
    private static int SetSignalsInterrupt(int signals)
    {
        TerminalInput.SignalsInterrupt = signals != 0;
        return 1;
    }
}

namespace ToroCosmos.NativeAot.Console;

/// <summary>The VGA text screen of 80 by 25 characters. It continues below whatever the firmware wrote.</summary>
internal static unsafe class TextScreen
{
    public const ulong Address = 0xB8000;
    public const ulong Bytes = Columns * Rows * 2;

    private const int Columns = 80;
    private const int Rows = 25;
    private const ushort Blank = 0x0720;

    private static bool s_enabled;
    private static int s_column;

    /// <summary>Takes the screen, whose memory must be mapped.</summary>
    public static void Initialize()
    {
        s_enabled = true;
        Scroll();
    }

    public static void Write(byte character)
    {
        if (!s_enabled)
        {
            return;
        }

        if (character == '\n' || s_column == Columns)
        {
            Scroll();
            s_column = 0;
            if (character == '\n')
            {
                return;
            }
        }

        if (character >= ' ')
        {
            ((ushort*)Address)[((Rows - 1) * Columns) + s_column] = (ushort)(0x0700 | character);
            s_column++;
        }
    }

    private static void Scroll()
    {
        ulong* screen = (ulong*)Address;
        const int WordsPerRow = Columns / 4;
        for (int i = 0; i < (Rows - 1) * WordsPerRow; i++)
        {
            screen[i] = screen[i + WordsPerRow];
        }

        ushort* last = (ushort*)Address + ((Rows - 1) * Columns);
        for (int i = 0; i < Columns; i++)
        {
            last[i] = Blank;
        }
    }
}

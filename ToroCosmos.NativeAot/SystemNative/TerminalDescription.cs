using System;
using ToroCosmos.NativeAot.Files;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// What the class library reads to learn how the terminal moves its cursor, shows colours and sends keys: a description as
/// term(5) has it, with the sequences of ECMA-48, which every terminal at a serial line knows.
/// </summary>
internal static unsafe class TerminalDescription
{
    private const int Names = 5;
    private const int Numbers = 14;
    private const int Strings = 361;
    private const int HeaderSize = 12;
    private const int Room = 2048;
    private const short Magic = 0x11A;
    private const short Missing = -1;

    private static int s_end;

    /// <summary>The name of the terminal, zero-terminated: the value of TERM.</summary>
    public static ReadOnlySpan<byte> Name => "toro\0"u8;

    private static ReadOnlySpan<byte> Path => "/lib/terminfo/t/toro\0"u8;

    /// <summary>Adds the description to the tree of files.</summary>
    public static void Add()
    {
        byte* start = FrameAllocator.Allocate(Room, 8);
        if (start == null)
        {
            return;
        }

        short* header = (short*)start;
        header[0] = Magic;
        header[1] = Names;
        header[3] = Numbers;
        header[4] = Strings;
        Name.CopyTo(new Span<byte>(start + HeaderSize, Names));

        // Numbers begin at an even place.
        short* numbers = (short*)(start + HeaderSize + Names + 1);
        new Span<short>(numbers, Numbers + Strings).Fill(Missing);
        numbers[0] = 80;        // columns
        numbers[2] = 25;        // lines
        numbers[13] = 16;       // colours
        short* strings = numbers + Numbers;
        s_end = 0;
        Put(strings, 1, "\a\0"u8);                      // bell
        Put(strings, 5, "\x1b[H\x1b[J\0"u8);            // clear the screen
        Put(strings, 6, "\x1b[K\0"u8);                  // clear to the end of the line
        Put(strings, 10, "\x1b[%i%p1%d;%p2%dH\0"u8);    // move the cursor
        Put(strings, 13, "\x1b[?25l\0"u8);              // hide the cursor
        Put(strings, 14, "\b\0"u8);                     // the cursor to the left
        Put(strings, 16, "\x1b[?25h\0"u8);              // show the cursor
        Put(strings, 55, "\x7f\0"u8);                   // keys: backspace
        Put(strings, 59, "\x1b[3~\0"u8);                // delete
        Put(strings, 61, "\x1b[B\0"u8);                 // down
        Put(strings, 76, "\x1b[H\0"u8);                 // home
        Put(strings, 77, "\x1b[2~\0"u8);                // insert
        Put(strings, 79, "\x1b[D\0"u8);                 // left
        Put(strings, 81, "\x1b[6~\0"u8);                // page down
        Put(strings, 82, "\x1b[5~\0"u8);                // page up
        Put(strings, 83, "\x1b[C\0"u8);                 // right
        Put(strings, 87, "\x1b[A\0"u8);                 // up
        Put(strings, 164, "\x1b[F\0"u8);                // end
        Put(strings, 297, "\x1b[39;49m\0"u8);           // the colours that there were
        Put(strings, 359, "\x1b[%?%p1%{8}%<%t3%p1%d%e9%p1%{8}%-%d%;m\0"u8);     // foreground
        Put(strings, 360, "\x1b[%?%p1%{8}%<%t4%p1%d%e10%p1%{8}%-%d%;m\0"u8);    // background
        header[5] = (short)s_end;

        fixed (byte* path = Path)
        {
            FileNode* node = FileTree.Add(path);
            node->Data = start;
            node->Size = (byte*)(strings + Strings) - start + s_end;
        }
    }

    private static void Put(short* strings, int index, ReadOnlySpan<byte> text)
    {
        strings[index] = (short)s_end;
        text.CopyTo(new Span<byte>((byte*)(strings + Strings) + s_end, text.Length));
        s_end += text.Length;
    }
}

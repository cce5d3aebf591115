using System;
using ToroCosmos.NativeAot.Image;

namespace ToroCosmos.NativeAot.Panic;

/// <summary>
/// The lines of the source that the code was made of, in the compact form that build/line_table.awk describes; empty when
/// the kernel was built without. It is read from its beginning: only a panic asks, a few times.
/// </summary>
internal static unsafe class LineTable
{
    /// <summary>Finds the line that an instruction belongs to.</summary>
    /// <param name="address">An address in the kernel's code.</param>
    /// <param name="file">The file's name, without its folder.</param>
    /// <param name="line">The number of the line.</param>
    /// <returns>Whether the table knows it.</returns>
    public static bool Find(ulong address, out ReadOnlySpan<byte> file, out ulong line)
    {
        ImageLayout* image = ImageLayout.Get();
        byte* files = image->LinesBegin;
        byte* p = SkipFiles(files, image->LinesEnd);
        ulong place = 0;
        ulong number = 0;
        line = 0;
        while (p < image->LinesEnd)
        {
            place += Leb128.Read(ref p);
            if (place > address)
            {
                break;
            }

            ulong code = Leb128.Read(ref p);
            line += Difference(code >> 1);
            if ((code & 1) != 0)
            {
                number = Leb128.Read(ref p);
            }
        }

        file = number == 0 ? default : FileName(files, number);
        return number != 0;
    }

    private static byte* SkipFiles(byte* files, byte* end)
    {
        byte* p = files;
        while (p < end && *p != 0)
        {
            p += 1 + *p;
        }

        return p < end ? p + 1 : end;
    }

    private static ReadOnlySpan<byte> FileName(byte* files, ulong number)
    {
        byte* p = files;
        for (; number > 1; number--)
        {
            p += 1 + *p;
        }

        return new ReadOnlySpan<byte>(p + 1, *p);
    }

    /// <summary>Even numbers stand for a half of them, odd ones for what is below zero; as it is added.</summary>
    private static ulong Difference(ulong code) => (code & 1) == 0 ? code >> 1 : ~(code >> 1);
}

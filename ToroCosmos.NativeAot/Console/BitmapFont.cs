using ToroCosmos.NativeAot.Image;

namespace ToroCosmos.NativeAot.Console;

/// <summary>
/// The ASCII glyphs of a font file in GRUB's PF2 format: sections of a four-letter name and a big-endian length; CHIX
/// lists each code point with the offset of its glyph.
/// </summary>
internal static unsafe class BitmapFont
{
    private const uint SectionMaximumHeight = 0x4D415848;   // "MAXH"
    private const uint SectionAscent = 0x41534345;          // "ASCE"
    private const uint SectionIndex = 0x43484958;           // "CHIX"
    private const uint SectionData = 0x44415441;            // "DATA"
    private const uint IndexEntrySize = 9;

    private static byte* s_index;
    private static uint s_indexEntries;

    public static int Width { get; private set; }

    public static int Height { get; private set; }

    public static int Ascent { get; private set; }

    /// <summary>Reads the font that is linked in.</summary>
    public static bool Load()
    {
        byte* start = ImageLayout.Get()->FontBegin;
        uint size = (uint)(ImageLayout.Get()->FontEnd - start);
        for (uint at = 0; at + 8 <= size;)
        {
            uint name = Read32(start + at);
            uint length = Read32(start + at + 4);
            byte* content = start + at + 8;
            if (name == SectionData)
            {
                break;
            }

            if (length > size - at - 8)
            {
                return false;
            }

            switch (name)
            {
                case SectionMaximumHeight when length == 2:
                    Height = Read16(content);
                    break;
                case SectionAscent when length == 2:
                    Ascent = Read16(content);
                    break;
                case SectionIndex:
                    s_index = content;
                    s_indexEntries = length / IndexEntrySize;
                    break;
                default:
                    break;
            }

            at += 8 + length;
        }

        // The font's widest glyph need not be one of ASCII.
        Width = Find((byte)'M', out Glyph glyph) ? glyph.Advance : 0;
        return Width is > 0 and <= 64 && Height is > 0 and <= 64;
    }

    /// <summary>Finds a glyph: its size, its place above the base line, and its bits, row after row without padding.</summary>
    public static bool Find(byte character, out Glyph glyph)
    {
        glyph = default;
        byte* start = ImageLayout.Get()->FontBegin;
        uint size = (uint)(ImageLayout.Get()->FontEnd - start);
        for (uint i = 0; i < s_indexEntries; i++)
        {
            byte* entry = s_index + (i * IndexEntrySize);
            if (Read32(entry) != character)
            {
                continue;
            }

            uint offset = Read32(entry + 5);
            if (offset > size || size - offset < 10)
            {
                return false;
            }

            byte* data = start + offset;
            glyph.Width = Read16(data);
            glyph.Height = Read16(data + 2);
            glyph.OffsetX = (short)Read16(data + 4);
            glyph.OffsetY = (short)Read16(data + 6);
            glyph.Advance = Read16(data + 8);
            glyph.Bits = data + 10;
            return glyph.Width <= 64 && glyph.Height <= 64
                && ((uint)(glyph.Width * glyph.Height) + 7) / 8 <= size - offset - 10;
        }

        return false;
    }

    private static ushort Read16(byte* p) => (ushort)((p[0] << 8) | p[1]);

    private static uint Read32(byte* p) => ((uint)Read16(p) << 16) | Read16(p + 2);
}

using ToroCosmos.NativeAot.Handover;

namespace ToroCosmos.NativeAot.Console;

/// <summary>Text on the boot loader's framebuffer. A full screen starts again at the top, which needs no slow reads.</summary>
internal static unsafe class FramebufferScreen
{
    private const uint Foreground = 0x00E0E0E0;

    private static bool s_enabled;
    private static int s_column;
    private static int s_row;
    private static int s_columns;
    private static int s_rows;

    /// <summary>Takes the framebuffer, whose memory must be mapped, and clears it.</summary>
    public static void Initialize()
    {
        if (!BitmapFont.Load())
        {
            return;
        }

        s_columns = (int)BootInformation.Framebuffer.Width / BitmapFont.Width;
        s_rows = (int)BootInformation.Framebuffer.Height / BitmapFont.Height;
        s_enabled = s_columns > 0 && s_rows > 0;
        for (int row = 0; s_enabled && row < s_rows; row++)
        {
            ClearRow(row);
        }
    }

    public static void Write(byte character)
    {
        if (!s_enabled)
        {
            return;
        }

        if (character == '\n' || s_column == s_columns)
        {
            s_column = 0;
            s_row = s_row + 1 == s_rows ? 0 : s_row + 1;
            ClearRow(s_row);
            if (character == '\n')
            {
                return;
            }
        }

        if (character >= ' ')
        {
            Draw(character);
            s_column++;
        }
    }

    private static void Draw(byte character)
    {
        if (!BitmapFont.Find(character, out Glyph glyph))
        {
            return;
        }

        int left = (s_column * BitmapFont.Width) + glyph.OffsetX;
        int top = (s_row * BitmapFont.Height) + BitmapFont.Ascent - glyph.OffsetY - glyph.Height;
        int bit = 0;
        for (int y = 0; y < glyph.Height; y++)
        {
            for (int x = 0; x < glyph.Width; x++, bit++)
            {
                if ((glyph.Bits[bit / 8] & (0x80 >> (bit % 8))) != 0)
                {
                    Set(left + x, top + y, Foreground);
                }
            }
        }
    }

    private static void ClearRow(int row)
    {
        // The background is black; two pixels at a time, because device memory is slow.
        for (int y = row * BitmapFont.Height; y < (row + 1) * BitmapFont.Height; y++)
        {
            byte* line = (byte*)BootInformation.Framebuffer.Address + ((ulong)y * BootInformation.Framebuffer.Pitch);
            for (uint x = 0; x < BootInformation.Framebuffer.Width / 2; x++)
            {
                ((ulong*)line)[x] = 0;
            }
        }
    }

    private static void Set(int x, int y, uint colour)
    {
        if ((uint)x < BootInformation.Framebuffer.Width && (uint)y < BootInformation.Framebuffer.Height)
        {
            byte* line = (byte*)BootInformation.Framebuffer.Address + ((ulong)y * BootInformation.Framebuffer.Pitch);
            ((uint*)line)[x] = colour;
        }
    }
}

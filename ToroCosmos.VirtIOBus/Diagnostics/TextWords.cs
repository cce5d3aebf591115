using ToroCosmos.Platform;

namespace ToroCosmos.VirtIOBus.Diagnostics;

/// <summary>What reports are made of.</summary>
internal static class TextWords
{
    private const int MaximumDigits = 20;

    /// <summary>
    /// Appends plain text. A span of bytes made of a literal would be an allocation where IL2CPU compiles it.
    /// </summary>
    public static TextLine AppendText(this TextLine line, string text)
    {
        foreach (char character in text)
        {
            line.Append((byte)character);
        }

        return line;
    }

    /// <summary>Appends a number behind so many spaces that it ends a column; a wide one makes the column wider.</summary>
    public static TextLine AppendColumn(this TextLine line, ulong number, int width)
    {
        int digits = 1;
        for (ulong limit = 10; number >= limit && digits < MaximumDigits; limit *= 10)
        {
            digits++;
        }

        for (; digits < width; digits++)
        {
            line.Append((byte)' ');
        }

        return line.Append(number);
    }
}

using System;
using System.Globalization;
using System.Text;

namespace ToroCosmos.Programs;

/// <summary>Text as one line of printable ASCII.</summary>
public static class EscapedText
{
    /// <summary>Escapes what is not printable ASCII, and the backslash.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            line.Append(c switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                >= ' ' and <= '~' => c.ToString(),
                _ => $@"\u{(int)c:x4}",
            });
        }

        return line.ToString();
    }

    /// <summary>The text that was escaped.</summary>
    /// <exception cref="FormatException">It is none that <see cref="Escape"/> makes.</exception>
    public static string Unescape(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var text = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                text.Append(line[i]);
                continue;
            }

            i++;
            switch (i < line.Length ? line[i] : '\0')
            {
                case '\\':
                    text.Append('\\');
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 'r':
                    text.Append('\r');
                    break;
                case 'u' when i + 4 < line.Length
                    && ushort.TryParse(line.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                    text.Append((char)code);
                    i += 4;
                    break;
                default:
                    throw new FormatException($"\"{line}\" has a wrong escape before character {i}.");
            }
        }

        return text.ToString();
    }
}

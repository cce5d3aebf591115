using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace TestRunner.KernelTests;

/// <summary>One line of a kernel's test report; docs/kernel-tests.md has the format.</summary>
/// <param name="Token">The run's token, 8 hexadecimal digits.</param>
/// <param name="Core">The core that printed the line.</param>
/// <param name="Sequence">The number of the line among those of its core, from 0.</param>
/// <param name="Verb">What it tells.</param>
/// <param name="Fields">The fields after the verb, by name.</param>
internal sealed record KernelTestFrame(
    string Token, int Core, int Sequence, string Verb, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>What every frame begins with.</summary>
    public const string Mark = "#kt ";

    private const string ChecksumMark = " ~";
    private const int ChecksumDigits = 8;

    /// <summary>Reads the frame that a line is, or ends with: text without a line break may stand before it.</summary>
    public static bool TryFind(string line, [NotNullWhen(true)] out KernelTestFrame? frame)
    {
        for (int at = line.IndexOf(Mark, StringComparison.Ordinal); at >= 0;
             at = line.IndexOf(Mark, at + 1, StringComparison.Ordinal))
        {
            frame = Read(line[at..]);
            if (frame is not null)
            {
                return true;
            }
        }

        frame = null;
        return false;
    }

    /// <summary>A field's text; null when the frame does not have it.</summary>
    public string? Text(string name) => Fields.GetValueOrDefault(name);

    /// <summary>A field's number, which is not negative; null when the frame does not have it.</summary>
    public long? Number(string name) =>
        long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static KernelTestFrame? Read(string text)
    {
        int end = text.Length - ChecksumMark.Length - ChecksumDigits;
        if (end < Mark.Length
            || string.CompareOrdinal(text, end, ChecksumMark, 0, ChecksumMark.Length) != 0
            || text[^ChecksumDigits..] != Crc32.Of(text[..end]).ToString("x8", CultureInfo.InvariantCulture))
        {
            return null;
        }

        string[] head = text[Mark.Length..end].Split(' ', 5);
        if (head.Length < 4
            || head[0].Length == 0
            || !int.TryParse(head[1], NumberStyles.None, CultureInfo.InvariantCulture, out int core)
            || !int.TryParse(head[2], NumberStyles.None, CultureInfo.InvariantCulture, out int sequence)
            || ReadFields(head.Length == 5 ? head[4] : "") is not { } fields)
        {
            return null;
        }

        return new KernelTestFrame(head[0], core, sequence, head[3], fields);
    }

    private static Dictionary<string, string>? ReadFields(string text)
    {
        Dictionary<string, string> fields = [];
        for (int at = 0; at < text.Length; at++)
        {
            int equals = text.IndexOf('=', at);
            if (equals < 0)
            {
                return null;
            }

            string name = text[at..equals];
            at = equals + 1;
            if (ReadValue(text, ref at) is not { } value || !fields.TryAdd(name, value)
                || (at < text.Length && text[at] != ' '))
            {
                return null;
            }
        }

        return fields;
    }

    /// <summary>A value up to the next space, or in quotes with \" and \\ and \n in it.</summary>
    private static string? ReadValue(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '"')
        {
            int begin = at;
            at = text.IndexOf(' ', at);
            at = at < 0 ? text.Length : at;
            return text[begin..at];
        }

        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            char character = text[at];
            if (character == '"')
            {
                at++;
                return value.ToString();
            }

            if (character == '\\' && ++at < text.Length)
            {
                character = text[at] == 'n' ? '\n' : text[at];
            }

            value.Append(character);
        }

        return null;
    }
}

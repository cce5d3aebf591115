using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace TestRunner.Matrix;

/// <summary>Finds the line on which a value of a JSON text begins, for messages.</summary>
internal static class JsonPlaces
{
    /// <summary>The lines, from 1, by path: <c>$.cells[2].name</c>. The text must be JSON.</summary>
    public static IReadOnlyDictionary<string, int> Find(ReadOnlySpan<byte> json)
    {
        Dictionary<string, int> lines = [];
        // The path to the value that comes next: property names, and for arrays the index so far.
        Stack<(string Path, int Index)> open = new();
        string next = "$";
        int line = 1;
        int counted = 0;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            line += json[counted..(int)reader.TokenStartIndex].Count((byte)'\n');
            counted = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    next = $"{open.Peek().Path}.{reader.GetString()}";
                    lines.TryAdd(next, line);
                    continue;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    open.Pop();
                    continue;
                default:
                    break;
            }

            string path = next;
            if (open.Count > 0 && open.Peek() is { Index: >= 0 } array)
            {
                path = string.Create(CultureInfo.InvariantCulture, $"{array.Path}[{array.Index}]");
                open.Pop();
                open.Push((array.Path, array.Index + 1));
            }

            lines.TryAdd(path, line);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        return lines;
    }

    /// <summary>The line of a path, or of what holds it when it is left out.</summary>
    public static int LineOf(IReadOnlyDictionary<string, int> lines, string path)
    {
        for (string at = path; at.Length > 0; at = at[..Math.Max(at.LastIndexOfAny(['.', '[']), 0)])
        {
            if (lines.TryGetValue(at, out int line))
            {
                return line;
            }
        }

        return lines.Values.FirstOrDefault(1);
    }
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Programs;

/// <summary>Makes a program's answer of the values that it found.</summary>
internal static class Answer
{
    /// <summary>The values, one after the other.</summary>
    public static string Of(params object?[] values) => string.Join(" | ", values.Select(TextOf));

    private static string TextOf(object? value) => value switch
    {
        null => "null",
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => TextOf(tuple[i])))})",
        DictionaryEntry entry => $"{TextOf(entry.Key)}={TextOf(entry.Value)}",
        IEnumerable items => $"[{string.Join(", ", Items(items).Select(TextOf))}]",
        _ => value.ToString() ?? "",
    };

    private static IEnumerable<object?> Items(IEnumerable items)
    {
        foreach (object? item in items)
        {
            yield return item;
        }
    }
}

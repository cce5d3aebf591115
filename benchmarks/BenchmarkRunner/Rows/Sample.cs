using System;
using System.Globalization;

namespace BenchmarkRunner.Rows;

/// <summary>One value of one repetition, as a program tells it: <c>bench bus-oneway cores=2 bytes=8 ns=187.5</c>.</summary>
/// <param name="Name">The subject and what it does.</param>
/// <param name="Cores">How many cores took part.</param>
/// <param name="Bytes">The length of a message; 0 where there is none.</param>
/// <param name="Metric">The unit of the value.</param>
/// <param name="Value">The value.</param>
public sealed record Sample(string Name, int Cores, int Bytes, string Metric, double Value)
{
    private const string Prefix = "bench ";

    /// <summary>Reads a line.</summary>
    /// <returns>Null for a line that is none of a sample.</returns>
    /// <exception cref="FormatException">The line begins as one of a sample and does not go on as one.</exception>
    public static Sample? Read(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (!line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string[] words = line.Split(' ');
        if (words.Length == 5
            && Number(words[2], "cores") is { } cores
            && Number(words[3], "bytes") is { } bytes
            && words[4].Split('=') is [{ Length: > 0 } metric, var value]
            && double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double parsed)
            && double.IsFinite(parsed))
        {
            return new Sample(words[1], cores, bytes, metric, parsed);
        }

        throw new FormatException($"expected 'bench NAME cores=N bytes=N METRIC=VALUE', found '{line}'");
    }

    private static int? Number(string word, string name) =>
        word.StartsWith(name + "=", StringComparison.Ordinal)
        && int.TryParse(word.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : null;
}

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace ToroCosmos.Programs.Subjects;

internal static class Strings
{
    public static ProgramGroup All { get; } = new(nameof(Strings))
    {
        SplitJoin, SplitOptions, TrimPad, ReplaceInsertRemove, IndexOfs, Comparisons, CultureComparison, CaseMapping, Builder, BuilderChunks,
        InterpolationAlignment, RawLiterals, Verbatim, CharKinds, Surrogates, Runes, TextElements, NormalizationForms, StringCreate,
        Interning, SearchValuesOfChars, Readers, Lines, Utf8Literals, Concatenation, Composite, HashCodesAgree, Enumerations, Repeats,
        Truncation, NullAndEmpty,
    };

    private static string SplitJoin() => Answer.Of("a,b;c".Split(',', ';'), string.Join("-", 1, "x", 2.5), "k=v=w".Split('=', 2), "a--b".Split("--"));

    private static string SplitOptions() => Answer.Of(
        " a , , b ".Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), "a  b\tc".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string TrimPad() => Answer.Of("<" + "\t x \n".Trim() + ">", "xxaxx".Trim('x'), "7".PadLeft(3, '0'), "ab".PadRight(4) + "|", "path/".TrimEnd('/'));

    private static string ReplaceInsertRemove() => Answer.Of(
        "banana".Replace("an", "AN"), "banana".Replace('a', 'o'), "Hello".Replace("L", "-", StringComparison.OrdinalIgnoreCase), "ad".Insert(1, "bc"), "abcd".Remove(1, 2),
        "a\r\nb\nc".ReplaceLineEndings("|"));

    private static string IndexOfs() => Answer.Of(
        "banana".IndexOf('n'), "banana".LastIndexOf("an"), "banana".IndexOfAny(['x', 'b']), "Banana".IndexOf("NA", StringComparison.OrdinalIgnoreCase),
        "banana".StartsWith("ban"), "banana".EndsWith('a'), "banana".Contains("nan"), "abc".IndexOf(""));

    private static string Comparisons() => Answer.Of(
        string.CompareOrdinal("a", "B") > 0, string.Equals("É", "é", StringComparison.OrdinalIgnoreCase), "a".CompareTo("b"), string.Compare("x", null), "abc" == new string(['a', 'b', 'c']));

    private static string CultureComparison() => Answer.Of(
        Math.Sign(string.Compare("apple", "Banana", StringComparison.InvariantCulture)), Math.Sign(string.Compare("a", "A", CultureInfo.InvariantCulture, CompareOptions.IgnoreCase)),
        CultureInfo.CurrentCulture.Name, CultureInfo.InvariantCulture.CompareInfo.IsPrefix("Straße", "STRA", CompareOptions.IgnoreCase));

    private static string CaseMapping() => Answer.Of(
        "Straße éàü ΣΑΣ".ToUpperInvariant(), "ÀÉÎ İI".ToLowerInvariant(), char.ToUpperInvariant('ß'), CultureInfo.InvariantCulture.TextInfo.ToTitleCase("war and peace"));

    private static string Builder()
    {
        var text = new StringBuilder("start");
        text.Append(' ').Append(42).AppendFormat(" {0:x}", 255).AppendLine("!").AppendJoin('+', 1, 2, 3).Insert(0, ">>").Replace("start", "go").Remove(0, 1);
        text[0] = '#';
        text.Length -= 2;
        return Answer.Of(text.ToString(), text.Length);
    }

    private static string BuilderChunks()
    {
        var text = new StringBuilder(4);
        for (int i = 0; i < 300; i++)
        {
            text.Append(i).Append(',');
        }

        int length = 0;
        foreach (ReadOnlyMemory<char> chunk in text.GetChunks())
        {
            length += chunk.Length;
        }

        return Answer.Of(length == text.Length, text.Length, text.ToString(490, 8), text.Equals(new StringBuilder(text.ToString())));
    }

    private static string InterpolationAlignment()
    {
        double pi = Math.PI;
        return string.Create(CultureInfo.InvariantCulture, $"[{"left",-8}][{"right",8}][{pi,10:F3}][{255:X4}][{(pi > 3 ? "yes" : "no")}][{{}}]");
    }

    private static string RawLiterals() => $$"""
        {"name": "{{"x".ToUpperInvariant()}}",
          "quote": "\"" }
        """;

    private static string Verbatim() => @"C:\temp\""x""" + "\x41\u0042\U00000043\t\0end\e";

    private static string CharKinds() => Answer.Of(
        char.IsLetter('é'), char.IsDigit('٣'), char.IsAsciiDigit('٣'), char.IsWhiteSpace('\u00A0'), char.IsPunctuation('!'), char.GetUnicodeCategory('€').ToString(),
        char.GetNumericValue('½'), (char)('a' + 1), char.IsUpper('Σ'), char.IsSymbol('+'));

    private static string Surrogates()
    {
        string clef = char.ConvertFromUtf32(0x1D11E);
        return Answer.Of(clef.Length, char.IsSurrogatePair(clef, 0), char.ConvertToUtf32(clef, 0), (int)clef[0], clef);
    }

    private static string Runes() => Answer.Of(
        "aé𝄞".EnumerateRunes().Select(rune => rune.Value), new Rune(0x1F600).Utf8SequenceLength, Rune.IsLetter(new Rune('ж')), Rune.TryCreate('\uD800', out _));

    private static string TextElements()
    {
        var info = new StringInfo("e\u0301👨‍👩‍👧x");
        return Answer.Of(info.LengthInTextElements, StringInfo.GetNextTextElementLength("e\u0301x"), StringInfo.ParseCombiningCharacters("ae\u0301b"));
    }

    private static string NormalizationForms() => Answer.Of("abc".Normalize(), "abc".IsNormalized(NormalizationForm.FormD));

    private static string StringCreate() => Answer.Of(
        string.Create(5, 'a', (span, first) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = (char)(first + i);
            }
        }),
        new string('=', 4), string.Concat("a", "b".AsSpan(), "c"));

    private static string Interning()
    {
        string made = new(['i', 'n', 't']), again = new(made);
        return Answer.Of(ReferenceEquals(made, again), ReferenceEquals(string.Intern(made), string.Intern(again)), string.IsInterned("never seen " + made.Length) is null);
    }

    private static string SearchValuesOfChars()
    {
        SearchValues<char> vowels = SearchValues.Create("aeiou");
        SearchValues<string> words = SearchValues.Create(["fox", "dog"], StringComparison.OrdinalIgnoreCase);
        return Answer.Of("rhythm and blues".AsSpan().IndexOfAny(vowels), "aeixou".AsSpan().IndexOfAnyExcept(vowels), "the quick brown FOX".AsSpan().IndexOfAny(words));
    }

    private static string Readers()
    {
        using var reader = new StringReader("one\ntwo\r\nthree");
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = ";" };
        for (string? line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            writer.WriteLine("{0}={1}", line, line.Length);
        }

        return writer.ToString();
    }

    private static string Lines()
    {
        List<string> lines = [];
        foreach (ReadOnlySpan<char> line in "a\nbb\r\n\nc".AsSpan().EnumerateLines())
        {
            lines.Add(line.ToString());
        }

        return Answer.Of(lines, Environment.NewLine);
    }

    private static string Utf8Literals()
    {
        ReadOnlySpan<byte> text = "grün"u8;
        return Answer.Of(text.Length, Encoding.UTF8.GetString(text), text.IndexOf((byte)'n'));
    }

    private static string Concatenation()
    {
        string? nothing = null;
        object boxed = 'c';
        return "a" + nothing + 1 + boxed + true + 2.5m + DayOfWeek.Friday;
    }

    private static string Composite()
    {
        CompositeFormat format = CompositeFormat.Parse("{1,5}|{0:000}|{1}");
        return Answer.Of(string.Format(CultureInfo.InvariantCulture, format, 7, "x"), string.Format(CultureInfo.InvariantCulture, "{0:N1} {1:P0} {{}}", 1234.5, 0.25));
    }

    private static string HashCodesAgree() => Answer.Of(
        "text".GetHashCode() == new string("text").GetHashCode(), string.GetHashCode("TEXT", StringComparison.OrdinalIgnoreCase) == string.GetHashCode("text", StringComparison.OrdinalIgnoreCase));

    private static string Enumerations()
    {
        int sum = 0;
        foreach (char c in "ABC")
        {
            sum += c;
        }

        return Answer.Of(sum, "hello".Distinct().Count(), "hello"[1..^1], "hello".ToCharArray());
    }

    private static string Repeats() => Answer.Of(string.Concat(Enumerable.Repeat("ab", 3)), new StringBuilder().Insert(0, "xy", 2));

    private static string Truncation() => "short".Substring(3, 9);

    private static string NullAndEmpty() => Answer.Of(string.IsNullOrEmpty(""), string.IsNullOrWhiteSpace(" \t"), string.Empty.Length, (string?)null ?? "default");
}

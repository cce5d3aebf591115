using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ToroCosmos.Programs.Subjects;

internal static class Formatting
{
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    public static ProgramGroup All { get; } = new(nameof(Formatting))
    {
        StandardNumbers, CustomNumbers, Sections, Doubles, RoundTrips, DoubleExtremes, Singles, Halves, Hexadecimal, BinaryNumbers, Decimals,
        Currency, Percents, ParseNumbers, ParseStyles, ParseFails, CultureInvariance, OtherCulturesRefused, SpanFormatting, Utf8Formatting,
        CustomFormatProvider, FormattableStrings, InterpolatedHandler, EnumFormats, BoolAndChar,
    };

    private static string StandardNumbers() => Answer.Of(
        1234567.891.ToString("N2", s_invariant), 1234567.891.ToString("F0", s_invariant), 1234567.891.ToString("E3", s_invariant), 42.ToString("D6"), (-5).ToString("D3"),
        1234567.891.ToString("G4", s_invariant));

    private static string CustomNumbers() => Answer.Of(
        1234.5678.ToString("#,##0.00", s_invariant), 0.5.ToString("#.##", s_invariant), 7.ToString("000-00"), 1234567.ToString("0,,.##M", s_invariant),
        0.1234.ToString("0.0%", s_invariant), 12.ToString("'n='0\\!"));

    private static string Sections() => Answer.Of(5.ToString("pos 0;neg 0;zero"), (-5).ToString("pos 0;neg 0;zero"), 0.ToString("pos 0;neg 0;zero"));

    private static string Doubles() => Answer.Of(0.1 + 0.2, 1.0 / 3, 1e21, 1e-7, 123456789012345680.0, 100.0, -0.0, 5e-324, double.MaxValue);

    private static string RoundTrips()
    {
        List<bool> same = [];
        foreach (double number in new[] { Math.PI, 1e300, 4.9e-320, 0.1, 2.2250738585072014e-308 })
        {
            same.Add(double.Parse(number.ToString("R", s_invariant), s_invariant).Equals(number));
        }

        return Answer.Of(same, double.Parse("1.7976931348623159e308", s_invariant), double.Parse("2.4703282292062328e-324", s_invariant));
    }

    private static string DoubleExtremes() => Answer.Of(double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MinValue);

    private static string Singles() => Answer.Of(0.1f, 1f / 3, 16777216f, float.MaxValue, float.Parse("3.4028236e38", s_invariant), (double)0.1f);

    private static string Halves() => Answer.Of((Half)0.1, Half.MaxValue, (Half)65520f, Half.Parse("1.5", s_invariant) * (Half)2);

    private static string Hexadecimal() => Answer.Of(255.ToString("x"), (-1).ToString("X8"), long.MinValue.ToString("x"), int.Parse("7fFF", NumberStyles.HexNumber), Convert.ToString(255, 8));

    private static string BinaryNumbers() => Answer.Of(10.ToString("B8"), int.Parse("1011", NumberStyles.BinaryNumber), Convert.ToString(-2, 2).Length, Convert.ToInt32("-7f".TrimStart('-'), 16));

    private static string Decimals() => Answer.Of(1.10m, 1m / 3, decimal.MaxValue, 1.0000m.ToString("G"), 123.456m.ToString("F1", s_invariant), decimal.Parse("1,234.50", s_invariant));

    private static string Currency() => Answer.Of(1234.5m.ToString("C", s_invariant), (-3m).ToString("C0", s_invariant));

    private static string Percents() => Answer.Of(0.256.ToString("P", s_invariant), (-0.5).ToString("P0", s_invariant), s_invariant.NumberFormat.PercentSymbol);

    private static string ParseNumbers() => Answer.Of(
        int.Parse(" -42 ", s_invariant), double.Parse("1e3", s_invariant), long.TryParse("9223372036854775808", out _), byte.TryParse("255", out byte b), b, double.Parse("Infinity", s_invariant));

    private static string ParseStyles() => Answer.Of(
        int.Parse("(1,000)", NumberStyles.Number | NumberStyles.AllowParentheses, s_invariant), double.Parse("¤5", NumberStyles.Currency, s_invariant),
        int.TryParse("1e2", NumberStyles.Integer, s_invariant, out _), int.Parse("1e2", NumberStyles.AllowExponent, s_invariant));

    private static string ParseFails()
    {
        List<string> messages = [];
        foreach (string text in new[] { "x1", "", "99999999999" })
        {
            try
            {
                messages.Add(int.Parse(text, s_invariant).ToString(s_invariant));
            }
            catch (Exception exception) when (exception is FormatException or OverflowException)
            {
                messages.Add(exception.Message);
            }
        }

        return Answer.Of(messages);
    }

    private static string CultureInvariance() => Answer.Of(
        CultureInfo.CurrentCulture.Equals(CultureInfo.InvariantCulture), 1.5.ToString(), CultureInfo.CurrentUICulture.Name.Length, s_invariant.DateTimeFormat.ShortDatePattern, s_invariant.EnglishName);

    private static string OtherCulturesRefused() => new CultureInfo("de-DE").Name;

    private static string SpanFormatting()
    {
        Span<char> text = stackalloc char[16];
        bool fits = 12.75.TryFormat(text, out int written, "F1", s_invariant);
        string first = text[..written].ToString();
        bool tooShort = 123456.TryFormat(text[..3], out int none);
        return Answer.Of(fits, first, tooShort, none, text.TryWrite(s_invariant, $"{1}+{2}={3:00}", out written), text[..written].ToString());
    }

    private static string Utf8Formatting()
    {
        Span<byte> text = stackalloc byte[32];
        bool fits = System.Text.Unicode.Utf8.TryWrite(text, s_invariant, $"ü={1.5:F2}", out int length);
        string first = Encoding.UTF8.GetString(text[..length]);
        return Answer.Of(fits, first, 77.TryFormat(text, out int written, default, s_invariant), written, int.Parse("123"u8, s_invariant));
    }

    private static string CustomFormatProvider() => string.Format(new Shouting(), "{0} {1:loud} {2}", "a", "b", 3);

    private static string FormattableStrings()
    {
        FormattableString text = $"{1.5} and {"x"}";
        return Answer.Of(text.Format, text.ArgumentCount, FormattableString.Invariant(text));
    }

    private static string InterpolatedHandler()
    {
        var quiet = new Log(enabled: false);
        var loud = new Log(enabled: true);
        int evaluated = 0;
        quiet.Write($"{++evaluated}");
        loud.Write($"n={++evaluated}, {"x",3}");
        return Answer.Of(evaluated, quiet.Text, loud.Text);
    }

    private static string EnumFormats() => Answer.Of(
        DayOfWeek.Monday.ToString("D"), ((DayOfWeek)9).ToString(), (AttributeTargets.Class | AttributeTargets.Method).ToString("F"), DayOfWeek.Friday.ToString("X"),
        Enum.Parse<DayOfWeek>("sunday", ignoreCase: true), Enum.TryParse("Noday", out DayOfWeek _), Enum.GetNames<DateTimeKind>(), Enum.IsDefined(DayOfWeek.Friday));

    private static string BoolAndChar() => Answer.Of(true.ToString(), bool.Parse(" False "), bool.TryParse("yes", out _), char.Parse("z"), Convert.ToBoolean(2));

    private sealed class Shouting : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => format == "loud" ? $"{arg}!".ToUpperInvariant() : $"{arg}";
    }

    private sealed class Log(bool enabled)
    {
        public bool IsEnabled => enabled;

        public string Text { get; private set; } = "";

        public void Write([InterpolatedStringHandlerArgument("")] Handler handler) => Text += handler.Text;
    }

    [InterpolatedStringHandler]
    private readonly struct Handler
    {
        private readonly StringBuilder? _text;

        public Handler(int literalLength, int formattedCount, Log log, out bool shouldAppend)
        {
            shouldAppend = log.IsEnabled;
            _text = shouldAppend ? new StringBuilder(literalLength + formattedCount) : null;
        }

        public string Text => _text?.ToString() ?? "";

        public void AppendLiteral(string literal) => _text!.Append(literal);

        public void AppendFormatted<T>(T value, int alignment = 0) => _text!.Append($"{value}".PadLeft(alignment));
    }
}

using System;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;

namespace ToroCosmos.Programs.Subjects;

internal static class Encodings
{
    public static ProgramGroup All { get; } = new(nameof(Encodings)) { Utf8, Utf16, Utf32, AsciiAndLatin, InvalidBytes, Strict, Decoders, Preambles, ByName, Transcoding, WebEncoders, CodePages };

    private static string Utf8() => Answer.Of(Encoding.UTF8.GetBytes("aé€𝄞"), Encoding.UTF8.GetString([0xE2, 0x82, 0xAC]), Encoding.UTF8.GetByteCount("aé€𝄞"), Encoding.UTF8.GetMaxByteCount(3), Encoding.UTF8.GetCharCount([0xC3, 0xA9, 0x61]));

    private static string Utf16() => Answer.Of(Encoding.Unicode.GetBytes("é𝄞"), Encoding.BigEndianUnicode.GetBytes("é"), Encoding.Unicode.GetString([0x41, 0, 0xAC, 0x20]));

    private static string Utf32() => Answer.Of(Encoding.UTF32.GetBytes("𝄞"), new UTF32Encoding(true, false).GetString([0, 1, 0xD1, 0x1E]));

    private static string AsciiAndLatin() => Answer.Of(Encoding.ASCII.GetBytes("aé€"), Encoding.Latin1.GetBytes("aé€"), Encoding.Latin1.GetString([0xE9, 0xFF]), Ascii.IsValid("abc"), Ascii.EqualsIgnoreCase("ABC", "abc"));

    private static string InvalidBytes() => Answer.Of(Encoding.UTF8.GetString([0x61, 0xC3, 0x28, 0xF0, 0x9F, 0xFF]), Encoding.ASCII.GetString([0x80]), Encoding.UTF8.GetBytes("\ud800x"), System.Text.Unicode.Utf8.IsValid([0xC3, 0x28]));

    private static string Strict()
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([0x61, 0xC3, 0x28]);
        }
        catch (DecoderFallbackException exception)
        {
            return Answer.Of(exception.Message, exception.Index, exception.BytesUnknown);
        }
    }

    private static string Decoders()
    {
        Decoder decoder = Encoding.UTF8.GetDecoder();
        char[] chars = new char[8];
        int first = decoder.GetChars([0xE2, 0x82], chars, flush: false), second = decoder.GetChars([0xAC, 0x21], chars, flush: true);
        decoder.Convert("abc"u8, chars, true, out int used, out int made, out bool done);
        return Answer.Of(first, second, new string(chars, 0, 2), used, made, done);
    }

    private static string Preambles() => Answer.Of(Encoding.UTF8.GetPreamble(), Encoding.Unicode.Preamble.ToArray(), new UTF8Encoding(false).Preamble.Length);

    private static string ByName() => Answer.Of(Encoding.GetEncoding("utf-8").WebName, Encoding.GetEncoding(1200).EncodingName, Encoding.GetEncoding("iso-8859-1").CodePage, Encoding.Default.WebName);

    private static string Transcoding()
    {
        byte[] latin = Encoding.Convert(Encoding.UTF8, Encoding.Latin1, Encoding.UTF8.GetBytes("grün"));
        Encoding question = Encoding.GetEncoding("us-ascii", new EncoderReplacementFallback("(?)"), new DecoderReplacementFallback("!"));
        return Answer.Of(latin, question.GetString(question.GetBytes("grün")), question.GetString([0x90]));
    }

    private static string WebEncoders() => Answer.Of(HtmlEncoder.Default.Encode("<a b=\"é\">&"), UrlEncoder.Default.Encode("a b/é?"), JavaScriptEncoder.Default.Encode("'\u2028"), Uri.EscapeDataString("a b&é"), Uri.UnescapeDataString("a%20b"), System.Net.WebUtility.HtmlDecode("&lt;&eacute;&#65;"));

    private static string CodePages()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Answer.Of(Encoding.GetEncoding(1252).GetBytes("€ü"), Encoding.GetEncoding(1251).GetString([0xCF, 0xF0]), Encoding.GetEncoding("shift_jis").GetString([0x83, 0x65]), Encoding.GetEncoding(437).GetString([0x81]));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ToroCosmos.Programs.Subjects;

internal static partial class RegularExpressions
{
    public static ProgramGroup All { get; } = new(nameof(RegularExpressions))
    {
        NamedGroups, Replacements, Evaluator, Splitting, Lookarounds, Backreferences, LazyQuantifiers, MultilineAnchors, CaseInsensitive,
        UnicodeClasses, BalancingGroups, Captures, NonBacktracking, Compiled, Generated, RightToLeft, SpanMatches, Timeouts, BadPattern,
        EscapedPattern, Verbose,
    };

    private static string NamedGroups()
    {
        Match match = Regex.Match("due 2026-11-25!", @"(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)");
        return Answer.Of(match.Success, match.Index, match.Groups["month"].Value, match.Groups.Keys, match.Result("${day}.${month}."));
    }

    private static string Replacements() => Answer.Of(
        Regex.Replace("John Smith", @"(\w+) (\w+)", "$2, $1"), Regex.Replace("aaa", "a", "b", RegexOptions.None), new Regex("o").Replace("foo boo", "0", 3), Regex.Replace("x1y22", @"\d+", "<$&>"));

    private static string Evaluator() => Regex.Replace("1 and 22 and 333", @"\d+", match => (2 * int.Parse(match.Value)).ToString());

    private static string Splitting() => Answer.Of(Regex.Split("a1b22c", @"\d+"), Regex.Split("a1b", @"(\d)"), Regex.Split("  x  y", @"\s+"));

    private static string Lookarounds() => Answer.Of(
        Regex.Matches("price: $10, €20, $30", @"(?<=\$)\d+").Select(match => match.Value), Regex.IsMatch("foobaz", "foo(?!bar)"), Regex.Match("ab12", @"(?<!\d)\d").Index);

    private static string Backreferences() => Answer.Of(Regex.Match("this is is it", @"\b(\w+) \1\b").Value, Regex.IsMatch("'x\"", @"^(['""]).*\1$"));

    private static string LazyQuantifiers() => Answer.Of(Regex.Match("<a><b>", "<.+>").Value, Regex.Match("<a><b>", "<.+?>").Value, Regex.Match("aaaa", "a{2,3}?").Length, Regex.Match("aaab", "(?>a+)ab").Success);

    private static string MultilineAnchors() => Answer.Of(
        Regex.Matches("one\ntwo\nthree", "^t.*$", RegexOptions.Multiline).Select(match => match.Value), Regex.IsMatch("a\nb", "a.b"), Regex.IsMatch("a\nb", "a.b", RegexOptions.Singleline));

    private static string CaseInsensitive() => Answer.Of(
        Regex.IsMatch("STRASSE", "strasse", RegexOptions.IgnoreCase), Regex.IsMatch("ÄÖÜ", "äöü", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), Regex.IsMatch("K", "\u212A", RegexOptions.IgnoreCase));

    private static string UnicodeClasses() => Answer.Of(
        Regex.Matches("aБ1ع_", @"\p{L}").Count, Regex.Match("x٣", @"\d").Success, Regex.Match("x٣", @"\d", RegexOptions.ECMAScript).Success, Regex.Match("abcXYZ", @"[a-z-[b]]+").Value);

    private static string BalancingGroups()
    {
        const string pattern = @"^(?:[^()]|(?<open>\()|(?<-open>\)))*(?(open)(?!))$";
        return Answer.Of(Regex.IsMatch("f(a(b)c)", pattern), Regex.IsMatch("f(a(b)c", pattern), Regex.IsMatch(")(", pattern));
    }

    private static string Captures()
    {
        Match match = Regex.Match("a1b2c3", @"(?:(\w)(\d))+");
        return Answer.Of(match.Groups[1].Captures.Select(capture => capture.Value), match.Groups[2].Value, match.Groups.Count);
    }

    private static string NonBacktracking() => Answer.Of(
        Regex.IsMatch(new string('a', 40) + "b", "^(a+)+$", RegexOptions.NonBacktracking), Regex.Match("xx2026", "[0-9]+", RegexOptions.NonBacktracking).Value);

    private static string Compiled()
    {
        var regex = new Regex(@"(\d+)\s*(px|em)", RegexOptions.Compiled);
        return Answer.Of(regex.Matches("3px 4 em 5pt").Select(match => match.Groups[1].Value + match.Groups[2].Value), regex.GetGroupNumbers());
    }

    private static string Generated()
    {
        List<string> words = [];
        foreach (ValueMatch match in Capitalized().EnumerateMatches("Ada met Alan in London"))
        {
            words.Add(match.Index + "+" + match.Length);
        }

        return Answer.Of(words, Capitalized().Count("A B c"));
    }

    private static string RightToLeft() => Answer.Of(Regex.Match("1-22-333", @"\d+", RegexOptions.RightToLeft).Value, Regex.Replace("aXbXc", "X", "-", RegexOptions.RightToLeft));

    private static string SpanMatches()
    {
        List<string> parts = [];
        foreach (Range range in Regex.EnumerateSplits("a, b,c".AsSpan(), @",\s*"))
        {
            parts.Add("a, b,c"[range]);
        }

        return Answer.Of(parts, Regex.Count("banana", "an"), Regex.IsMatch("xyz".AsSpan(1), "^y"));
    }

    private static string Timeouts()
    {
        try
        {
            return $"{Regex.IsMatch(new string('a', 40) + "!", "^(a|aa)+$", RegexOptions.None, TimeSpan.FromMilliseconds(20))}";
        }
        catch (RegexMatchTimeoutException exception)
        {
            return Answer.Of(exception.Pattern, exception.MatchTimeout.TotalMilliseconds);
        }
    }

    private static string BadPattern()
    {
        try
        {
            return new Regex("a(b").ToString();
        }
        catch (RegexParseException exception)
        {
            return Answer.Of(exception.Error.ToString(), exception.Offset, exception.Message);
        }
    }

    private static string EscapedPattern() => Answer.Of(Regex.Escape("1+1=2?"), Regex.Unescape(@"a\tb"), Regex.IsMatch("1+1=2?", "^" + Regex.Escape("1+1=2?") + "$"));

    private static string Verbose() => Answer.Of(Regex.Match("tel 555-1234", @"
        (\d{3})  # exchange
        -
        (\d{4})  # line", RegexOptions.IgnorePatternWhitespace).Groups[2].Value);

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Capitalized();
}

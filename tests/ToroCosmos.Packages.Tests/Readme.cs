using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ToroCosmos.Packages.Tests;

/// <summary>The README in a package, whose examples are what the tests build.</summary>
internal sealed class Readme
{
    private readonly string _text;

    private Readme(string text)
    {
        _text = text;
    }

    /// <summary>The first example in a language.</summary>
    public string this[string language] =>
        Regex.Match(_text, $"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline) is { Success: true } block
            ? block.Groups[1].Value
            : throw new InvalidOperationException($"The README has no example in {language}.");

    public static Readme Of(string package)
    {
        using Package opened = Package.Open(package);
        return new Readme(Encoding.UTF8.GetString(opened.Read("README.md")));
    }

    /// <summary>The example of a project, with the version that was packed: it may have a suffix.</summary>
    public string Project => this["xml"].Replace(
        $"Version=\"{Package.Version.Split('-')[0]}\"", $"Version=\"{Package.Version}\"", StringComparison.Ordinal);

    /// <summary>The lines of the program's example that import namespaces.</summary>
    public string Usings => string.Join('\n', this["csharp"].Split('\n').Where(IsUsing));

    /// <summary>The lines of the program's example that do something.</summary>
    public string Statements => string.Join('\n', this["csharp"].Split('\n').Where(line => !IsUsing(line))).Trim();

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal);
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ToroCosmos.Packages.Tests;

/// <summary>docs/cosmos.md, from "Adding it to a kernel" on: what it tells its reader to run, to write and to expect.</summary>
internal sealed class CosmosGuide
{
    private const string Indent = "    ";

    private readonly string _text;
    private readonly (string Word, string Meaning)[] _words;

    /// <summary>Reads the guide.</summary>
    /// <param name="words">What stands for something of the reader's, and for what.</param>
    public CosmosGuide(params (string Word, string Meaning)[] words)
    {
        string text = File.ReadAllText(Repository.File("docs", "cosmos.md"));
        int begin = text.IndexOf("\n## Adding it to a kernel\n", StringComparison.Ordinal);
        int end = text.IndexOf("\n## ", begin + 1, StringComparison.Ordinal);
        _text = text[begin..end];
        _words = words;
    }

    /// <summary>The commands, in order: those of one folder after those of the one above it.</summary>
    public IEnumerable<string> Commands => Lines
        .Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal) || line.StartsWith("../", StringComparison.Ordinal))
        .Select(Fill);

    /// <summary>The line for the project.</summary>
    public string Reference => Fill(Lines.Single(line => line.StartsWith("<PackageReference ", StringComparison.Ordinal)));

    /// <summary>The usings for the program.</summary>
    public string[] Usings => [.. Lines.Where(line => line.StartsWith("using ", StringComparison.Ordinal))];

    /// <summary>The statements for the program: what follows the usings, up to the next paragraph.</summary>
    public string Statements
    {
        get
        {
            string[] lines = _text.Split('\n');
            int first = Array.FindLastIndex(lines, line => line.StartsWith(Indent + "using ", StringComparison.Ordinal)) + 1;
            return string.Join(
                '\n', lines.Skip(first).TakeWhile(line => line.Length == 0 || line.StartsWith(Indent, StringComparison.Ordinal)));
        }
    }

    /// <summary>What it prints, in the sentence's order.</summary>
    public string[] Output => [.. Regex.Matches(Sentence("this prints"), "`(Core [^`]*)`").Select(match => match.Groups[1].Value)];

    /// <summary>What to write in a file for what stands there: "In `file`, write `new` for `old`".</summary>
    public (string Old, string New) Replacement(string file)
    {
        Match match = Regex.Match(_text, $@"In\s`{Regex.Escape(file)}`,\swrite\s`([^`]*)`\sfor\s`([^`]*)`");
        return match.Success
            ? (match.Groups[2].Value, Fill(match.Groups[1].Value))
            : throw new InvalidDataException($"The guide writes nothing in {file}.");
    }

    private IEnumerable<string> Lines => _text.Split('\n')
        .Where(line => line.StartsWith(Indent, StringComparison.Ordinal))
        .Select(line => line[Indent.Length..]);

    private string Sentence(string with) => _text.Split('.').Single(sentence => sentence.Contains(with, StringComparison.Ordinal));

    private string Fill(string text) =>
        _words.Aggregate(text, (filled, word) => filled.Replace(word.Word, word.Meaning, StringComparison.Ordinal));
}

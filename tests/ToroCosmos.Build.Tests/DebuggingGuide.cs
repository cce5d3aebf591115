using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using ToroCosmos.Packages.Tests;

namespace ToroCosmos.Build.Tests;

/// <summary>docs/debugging.md: what it tells its reader to write and to type, and what comes then.</summary>
internal static class DebuggingGuide
{
    private const string Prompt = "(gdb) ";

    /// <summary>The example's program.</summary>
    public static string Program { get; } = Blocks("csharp").Single().TrimEnd('\n');

    /// <summary>The files for VS Code, in order.</summary>
    public static string[] JsonFiles { get; } = [.. Blocks("json")];

    /// <summary>The session with gdb: each command and the lines that follow it.</summary>
    public static IReadOnlyList<(string Command, string[] Output)> Session { get; } = ReadSession();

    /// <summary>The guide's kernel has a name of the reader's.</summary>
    public static string WithName(string text, string name) => text.Replace("MyKernel", name, StringComparison.Ordinal);

    private static List<(string Command, string[] Output)> ReadSession()
    {
        List<(string Command, string[] Output)> session = [];
        foreach (string line in Blocks("text").SelectMany(block => block.TrimEnd('\n').Split('\n')))
        {
            if (line.StartsWith(Prompt, StringComparison.Ordinal))
            {
                session.Add((line[Prompt.Length..], []));
            }
            else
            {
                session[^1] = (session[^1].Command, [.. session[^1].Output, line]);
            }
        }

        return session;
    }

    private static IEnumerable<string> Blocks(string language) => Regex
        .Matches(
            File.ReadAllText(Repository.File("docs", "debugging.md")),
            $"^```{language}\n(.*?)^```",
            RegexOptions.Singleline | RegexOptions.Multiline)
        .Select(match => match.Groups[1].Value);
}

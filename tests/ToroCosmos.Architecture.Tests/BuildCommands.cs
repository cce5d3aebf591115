using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ToroCosmos.Architecture.Tests;

/// <summary>What the build knows, as build/options.cake lists it.</summary>
internal static partial class BuildCommands
{
    private static readonly string s_source = File.ReadAllText(Path.Combine(Repository.Root, "build", "options.cake"));

    public static string[] Targets { get; } =
        [.. Word().Matches(TargetList().Match(s_source).Groups[1].Value).Select(match => match.Groups[1].Value)];

    public static string[] Options { get; } =
        [.. Option().Matches(s_source).Select(match => match.Groups[1].Value)];

    /// <summary>What is wrong with the commands for the build in some lines; each with its line.</summary>
    public static IEnumerable<string> FindMistakes(IEnumerable<string> lines) =>
        from line in lines
        where line.StartsWith("./build.", StringComparison.Ordinal)
        from argument in Argument().Matches(line.Split(" #")[0]).Select(match => (Name: match.Groups[1].Value, Value: match.Groups[2].Value))
        where argument.Name != "help"
        where !Options.Contains(argument.Name) || (argument.Name == "target" && !Targets.Contains(argument.Value))
        select line;

    [GeneratedRegex(@"string\[\] Targets = \{(.*?)\}")]
    private static partial Regex TargetList();

    [GeneratedRegex(@"^        (?:OneOf|Number|new)\(""([\w-]+)"", ", RegexOptions.Multiline)]
    private static partial Regex Option();

    [GeneratedRegex(@"""(\w+)""")]
    private static partial Regex Word();

    [GeneratedRegex(@"--([\w-]+)(?:=""?([\w-]+))?")]
    private static partial Regex Argument();
}

using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ToroCosmos.Architecture.Tests;

/// <summary>A page of the documentation.</summary>
/// <param name="Name">Its path in the repository.</param>
/// <param name="Text">What is in it.</param>
internal sealed partial record MarkdownFile(string Name, string Text)
{
    /// <summary>The pages for people who read the repository.</summary>
    public static IReadOnlyList<MarkdownFile> All { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md" }
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(file => "docs/" + Path.GetFileName(file)).Order())
            .Select(Read),
    ];

    public static MarkdownFile Read(string name) => new(name, File.ReadAllText(Path.Combine(Repository.Root, name)));

    /// <summary>Where its links and pictures lead, but for other sites.</summary>
    public IEnumerable<string> Links => LinkTarget().Matches(WithoutCode).Select(match => match.Groups[1].Value)
        .Where(target => !target.Contains("://"));

    /// <summary>The places in it that links can lead to, as GitHub names them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(WithoutCode)
        .Select(match => NotInAnchor().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Its lines of code: those that are indented or between fences.</summary>
    public IEnumerable<string> CodeLines => Text.Split('\n').Where(line => line.StartsWith("    ", System.StringComparison.Ordinal))
        .Concat(Fence().Matches(Text).SelectMany(match => match.Groups[2].Value.Split('\n')))
        .Select(line => line.Trim());

    private string WithoutCode => Fence().Replace(Text, "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}

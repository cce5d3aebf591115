using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ToroCosmos.Architecture.Tests;

/// <summary>A C# source.</summary>
/// <param name="Name">Its path in the repository.</param>
/// <param name="Text">What is in it.</param>
internal sealed partial record SourceFile(string Name, string Text)
{
    /// <summary>The namespace that it declares; empty for a program of statements.</summary>
    public string Namespace => NamespaceLine().Match(Text) is { Success: true } match ? match.Groups[1].Value : "";

    /// <summary>The namespaces that it uses.</summary>
    public IEnumerable<string> Usings => UsingLine().Matches(Text).Select(match => match.Groups[1].Value);

    /// <summary>The namespace that its folder has.</summary>
    public string FolderNamespace => Name.Contains('/') ? Name[..Name.LastIndexOf('/')].Replace('/', '.') : "";

    /// <summary>The types that are not inside others.</summary>
    public IEnumerable<string> Types => TypeLine().Matches(Text).Select(match => match.Groups[1].Value).Distinct();

    public override string ToString() => Name;

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"^(?:public|internal)[\w ]*? (?:class|struct|enum|interface|record) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ToroCosmos.Architecture.Tests;

/// <summary>
/// The order of an assembly's namespaces, the lowest first: the rows of its table in docs/architecture.md. A namespace
/// may use those before it.
/// </summary>
internal sealed class NamespaceOrder
{
    private readonly List<string> _namespaces;

    public NamespaceOrder(IEnumerable<string> namespaces)
    {
        _namespaces = namespaces.ToList();
    }

    public IReadOnlyList<string> Namespaces => _namespaces;

    /// <summary>The table below the heading that is the assembly's name.</summary>
    public static NamespaceOrder Read(string assembly)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "architecture.md"));
        return new NamespaceOrder(lines
            .SkipWhile(line => line != "### " + assembly)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .Select(folder => folder == "." ? assembly : assembly + "." + folder.Replace('/', '.')));
    }

    /// <summary>The dependencies that go up, or to a namespace that is not in the order.</summary>
    public IEnumerable<Dependency> Upward(IEnumerable<Dependency> dependencies) =>
        dependencies.Where(dependency => Rank(dependency.To) < 0 || Rank(dependency.From) < Rank(dependency.To));

    private int Rank(string name) => _namespaces.IndexOf(name);
}

using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace ToroCosmos.Architecture.Tests;

/// <summary>The tree of the sources: which folder a line belongs to, and which way folders depend on each other.</summary>
public sealed class TreeTests
{
    public static TheoryData<string> Assemblies => ["ToroCosmos", "ToroCosmos.VirtIOBus", "ToroCosmos.Mpi", "ToroCosmos.NativeAot"];

    public static TheoryData<string> Projects =>
    [
        "ToroCosmos", "ToroCosmos.VirtIOBus", "ToroCosmos.Mpi", "ToroCosmos.NativeAot", "ToroCosmos.Plugs", "ToroCosmos.Gen3", "ToroCosmos.KernelTesting",
        "ToroCosmos.KernelTesting.Generator", "TestRunner",
    ];

    private static readonly string[] s_known = ["System.", "Internal.Runtime.", "Cosmos.Build."];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_namespace_uses_only_those_that_stand_before_it_in_the_documentation(string assembly) =>
        Assert.Empty(NamespaceOrder.Read(assembly).Upward(AssemblyDependencies.Read(assembly)));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_source_names_only_namespaces_that_stand_before_its_own(string assembly)
    {
        IEnumerable<Dependency> usings = Repository.Sources(assembly).SelectMany(source => source.Usings
            .Where(used => used == assembly || used.StartsWith(assembly + ".", StringComparison.Ordinal))
            .Where(used => assembly != nameof(ToroCosmos) || Repository.Sources(assembly).Any(other => other.Namespace == used))
            .Select(used => new Dependency(source.Namespace, used, source.Name, "using")));
        Assert.Empty(NamespaceOrder.Read(assembly).Upward(usings));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_documentation_lists_every_namespace_and_no_other(string assembly) =>
        Assert.Equal(
            Repository.Sources(assembly).Select(source => source.Namespace).Where(name => !IsSystem(name)).Distinct().Order(),
            NamespaceOrder.Read(assembly).Namespaces.Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_source_lies_in_the_folder_of_its_namespace(string project) =>
        Assert.DoesNotContain(
            Repository.Sources(project),
            source => source.Namespace != "" && !IsSystem(source.Namespace) && source.Namespace != source.FolderNamespace);

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_source_declares_one_type(string project) =>
        Assert.DoesNotContain(Repository.Sources(project), source => source.Types.Count() > 1);

    [Fact]
    public void An_order_the_other_way_round_is_refused()
    {
        NamespaceOrder order = NamespaceOrder.Read("ToroCosmos");
        IReadOnlyList<Dependency> dependencies = AssemblyDependencies.Read("ToroCosmos");
        Assert.NotEmpty(dependencies);
        Assert.Equal(dependencies, new NamespaceOrder(order.Namespaces.Reverse()).Upward(dependencies));
    }

    /// <summary>Whether it has a type that a compiler, or Cosmos' patcher, recognizes by its full name.</summary>
    private static bool IsSystem(string name) => s_known.Any(known => name.StartsWith(known, StringComparison.Ordinal));
}

using System.Collections.Generic;
using System.IO;
using System.Linq;
using NuGet.Packaging;
using Xunit;

namespace ToroCosmos.Packages.Tests;

/// <summary>A Cosmos kernel imports Cosmos' namespaces and ours.</summary>
public class NameTests
{
    [SkippableTheory]
    [InlineData("Cosmos.Core", "CPU")]
    [InlineData("Cosmos.HAL2", "Power")]
    [InlineData("Cosmos.System2", "Kernel")]
    public void No_type_has_a_name_that_Cosmos_uses(string assembly, string example)
    {
        Skip.If(CosmosKit.Packages is null, "There is no Cosmos user kit.");
        IReadOnlySet<string> theirs = PublicTypes.NamesIn(ReadFromKit(assembly));
        Assert.Contains(example, theirs);
        foreach (string package in new[] { "ToroCosmos", "ToroCosmos.VirtIOBus" })
        {
            using Package opened = Package.Open(package);
            IReadOnlySet<string> ours = PublicTypes.NamesIn(opened.Read($"lib/net6.0/{package}.dll"));

            Assert.NotEmpty(ours);
            Assert.Empty(ours.Intersect(theirs));
        }
    }

    private static byte[] ReadFromKit(string assembly)
    {
        string file = Directory.GetFiles(CosmosKit.Packages!, $"{assembly}.*.nupkg")
            .Single(path => char.IsAsciiDigit(Path.GetFileName(path)[assembly.Length + 1]));
        using var reader = new PackageArchiveReader(file);
        using Stream stream = reader.GetStream($"lib/net6.0/{assembly}.dll");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

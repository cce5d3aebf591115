using System;
using System.IO;
using System.Linq;
using Xunit;

namespace ToroCosmos.Packages.Tests;

/// <summary>The examples of the documentation are those of the packages, which the tests build.</summary>
public class DocumentationTests
{
    [Theory]
    [InlineData("kernels.md", "ToroCosmos.NativeAot", "xml")]
    [InlineData("kernels.md", "ToroCosmos.NativeAot", "csharp")]
    [InlineData("cosmos.md", "ToroCosmos.VirtIOBus", "xml")]
    [InlineData("cosmos.md", "ToroCosmos.VirtIOBus", "csharp")]
    public void An_example_is_that_of_the_package(string document, string package, string language)
    {
        string text = File.ReadAllText(Repository.File("docs", document));
        string[] lines = Readme.Of(package)[language].TrimEnd().Split('\n');

        Assert.Contains(
            string.Join('\n', lines.Select(line => line.Length == 0 ? "" : "    " + line)), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_toolchains_run_the_same_program() =>
        Assert.Equal(Readme.Of("ToroCosmos.NativeAot")["csharp"], Readme.Of("ToroCosmos.VirtIOBus")["csharp"]);
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

public sealed class DocumentationTests
{
    [Theory]
    [InlineData("bus.md", "BusExamples.cs", 5)]
    [InlineData("waiting.md", "WaitExamples.cs", 2)]
    public void Every_example_of_the_bus_documentation_is_code_that_is_compiled_and_run(string page, string source, int least)
    {
        string examples = Trimmed(File.ReadLines(Find("tests", "ToroCosmos.VirtIOBus.Tests", source)));
        string[] blocks = Trimmed(File.ReadLines(Find("docs", page)).Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line : ""))
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.True(blocks.Length >= least, $"Found {blocks.Length} examples.");
        Assert.All(blocks, block => Assert.Contains(block.Trim('\n'), examples, StringComparison.Ordinal));
    }

    private static string Trimmed(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.Trim()));

    private static string Find(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine([folder.FullName, .. parts]);
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new FileNotFoundException($"No folder above {AppContext.BaseDirectory} has {string.Join('/', parts)}.");
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

public sealed class DocumentationTests
{
    [Fact]
    public void Every_example_of_the_bus_documentation_is_code_that_is_compiled_and_run()
    {
        string examples = Trimmed(File.ReadLines(Find("tests", "ToroCosmos.VirtIOBus.Tests", "BusExamples.cs")));
        string[] blocks = Trimmed(File.ReadLines(Find("docs", "bus.md")).Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line : ""))
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.True(blocks.Length >= 5, $"Found {blocks.Length} examples.");
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

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ToroCosmos.Platform;
using ToroCosmos.VirtIOBus.Diagnostics;
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
        string[] blocks = Trimmed(OutsideFences(File.ReadLines(Find("docs", page))).Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line : ""))
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.True(blocks.Length >= least, $"Found {blocks.Length} examples.");
        Assert.All(blocks, block => Assert.Contains(block.Trim('\n'), examples, StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_of_links_in_the_bus_documentation_is_what_is_printed()
    {
        string[] lines = [.. File.ReadLines(Find("docs", "bus.md")).SkipWhile(line => line != "```text").Skip(1).TakeWhile(line => line != "```")];
        Assert.Equal(Text(new TextLine().AppendLinkHeader()), lines[0]);
        LinkCounters one = new() { Messages = 465, Bytes = 4181, Full = 1847 };
        LinkCounters other = new() { Messages = 1, Bytes = 5 };
        Assert.Equal(Text(new TextLine().AppendLinkRow(0, 2, one)), lines[1]);
        Assert.Equal(Text(new TextLine().AppendLinkRow(2, 0, other)), lines[^2]);
        Assert.Equal(Text(new TextLine().AppendLinkTotal(one.Plus(other))), lines[^1]);
    }

    private static string Text(TextLine line) => Encoding.ASCII.GetString(line.Text);

    private static IEnumerable<string> OutsideFences(IEnumerable<string> lines)
    {
        bool isOutside = true;
        foreach (string line in lines)
        {
            isOutside ^= line.StartsWith("```", StringComparison.Ordinal);
            if (isOutside)
            {
                yield return line;
            }
        }
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

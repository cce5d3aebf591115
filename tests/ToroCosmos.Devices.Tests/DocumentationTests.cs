using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace ToroCosmos.Devices.Tests;

/// <summary>The examples of docs/virtio-device.md are the sample, which is compiled and booted.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_example_of_the_tutorial_is_code_of_the_sample()
    {
        string sample = string.Join('\n', Directory.GetFiles(Artifacts.InRepository("samples", "devices"), "*.cs")
            .Select(file => Trimmed(File.ReadAllLines(file))));
        string[] examples =
        [
            .. Indented().Matches(File.ReadAllText(Artifacts.InRepository("docs", "virtio-device.md"))).Select(match => match.Value)
                .Where(example => example.Contains(';', StringComparison.Ordinal))
                .Select(example => Trimmed(example.Trim('\n').Split('\n'))),
        ];

        Assert.True(examples.Length >= 6, $"Found {examples.Length} examples.");
        Assert.All(examples, example => Assert.Contains(example, sample, StringComparison.Ordinal));
    }

    private static string Trimmed(string[] lines) => string.Join('\n', lines.Select(line => line.Trim()));

    /// <summary>A block of indented lines, with the empty ones between.</summary>
    [GeneratedRegex(@"(?:^    .*\n(?:\n(?=    ))*)+", RegexOptions.Multiline)]
    private static partial Regex Indented();
}

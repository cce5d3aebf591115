using System;
using System.IO;
using System.Linq;
using TestRunner.KernelTests;
using Xunit;

namespace ToroCosmos.KernelTesting.Tests;

/// <summary>The examples of docs/kernel-tests.md.</summary>
public class DocumentationTests
{
    private static readonly string[] s_lines = [.. File.ReadLines(Find()).Select(line => line.Trim())];

    [Fact]
    public void The_report_of_the_example_is_whole_and_names_its_tests()
    {
        KernelTestReport report = KernelTestParser.Parse(s_lines.Where(line => line.StartsWith("#kt ", StringComparison.Ordinal)));

        Assert.Empty(report.Problems);
        Assert.Equal((2, 3, 0, 2), (report.Cores, report.Passed, report.Failed, report.Skipped));
        Assert.Equal(
            ["Sums_are_right", "Every_core_knows_its_number", "Last", "Core_1_runs_this", "Sends_a_packet"],
            report.Results.Select(result => result.Id["SampleSuite.".Length..]));
    }

    [Fact]
    public void The_example_compiles()
    {
        string[] source = [.. s_lines.SkipWhile(line => line != "using ToroCosmos.Smp;").TakeWhile(line => !line.StartsWith("A test is", StringComparison.Ordinal))];

        (string code, var diagnostics) = KernelTestGeneratorTests.Generate(string.Join('\n', source));

        Assert.Empty(diagnostics);
        Assert.Contains("global::MyKernel.SampleSuite.@Core_1_runs_this();", code, StringComparison.Ordinal);
    }

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "docs", "kernel-tests.md");
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new FileNotFoundException($"No folder above {AppContext.BaseDirectory} has docs/kernel-tests.md.");
    }
}

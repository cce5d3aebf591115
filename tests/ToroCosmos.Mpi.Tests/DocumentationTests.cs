using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace ToroCosmos.Mpi.Tests;

public sealed class DocumentationTests
{
    [Fact]
    public void The_page_names_every_function_that_is_there_and_no_other()
    {
        string[] engine = [.. Directory.GetFiles(Find("ToroCosmos.Mpi/Engine"), "MpiProcess*.cs").SelectMany(file =>
            Functions(File.ReadAllText(file), "(?:<summary>|/// )(MPI_[A-Za-z_]+)[.:]"))];
        string[] page = [.. Functions(File.ReadAllText(Find("docs/mpi.md")), "`(MPI_[A-Za-z_]+)`")];

        Assert.True(engine.Length > 140, $"Found {engine.Length} functions.");
        Assert.Equal(engine.Order(StringComparer.Ordinal), page.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_first_program_is_a_sample()
    {
        string page = Trimmed(File.ReadAllText(Find("docs/mpi.md")));
        string sample = Trimmed(File.ReadAllText(Find("samples/mpi/pi/Pi.cs")));
        int begin = sample.IndexOf("public static void Run", StringComparison.Ordinal);

        Assert.Contains(sample[begin..sample.LastIndexOf('}')].TrimEnd(), page, StringComparison.Ordinal);
        Assert.Contains("return MpiProgram.Run(args, Pi.Run);", File.ReadAllText(Find("samples/mpi/pi/Program.cs")), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Functions(string text, string pattern) =>
        Regex.Matches(text, pattern).Select(match => match.Groups[1].Value).Distinct();

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    private static string Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string full = Path.Combine(folder.FullName, path);
            if (Path.Exists(full) && File.Exists(Path.Combine(folder.FullName, "ToroCosmos.sln")))
            {
                return full;
            }
        }

        throw new FileNotFoundException($"No folder above {AppContext.BaseDirectory} has {path}.");
    }
}

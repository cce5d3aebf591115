using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace ToroCosmos.Architecture.Tests;

/// <summary>What the pages name is there: files, sections, targets and options of the build, references of projects.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void A_link_leads_to_a_file_and_a_section_that_exist()
    {
        Assert.NotEmpty(MarkdownFile.All.SelectMany(page => page.Links));
        Assert.Empty(
            from page in MarkdownFile.All
            from link in page.Links
            where !Leads(page, link)
            select $"{page.Name}: {link}");
    }

    [Fact]
    public void A_command_for_the_build_names_a_target_and_options_that_exist()
    {
        Assert.Contains("Matrix", BuildCommands.Targets);
        Assert.Contains("gdb", BuildCommands.Options);
        Assert.Empty(
            from page in MarkdownFile.All
            from mistake in BuildCommands.FindMistakes(page.CodeLines)
            select $"{page.Name}: {mistake}");
    }

    [Theory]
    [InlineData("./build.sh --target=Tests", true)]
    [InlineData("./build.sh --target=Demo --core=3", true)]
    [InlineData("./build.sh --target=Demo --cores=3      # --core", false)]
    [InlineData("dotnet test --core=3", false)]
    public void A_slip_in_a_command_would_be_found(string line, bool isSlip) =>
        Assert.Equal(isSlip ? [line] : [], BuildCommands.FindMistakes([line]));

    [Fact]
    public void A_command_for_dotnet_names_projects_that_exist()
    {
        string[] projects =
        [
            .. MarkdownFile.Read("CONTRIBUTING.md").CodeLines
                .SelectMany(line => Regex.Matches(line, @"^dotnet (?:build|test|run --project) (\S+)").Select(match => match.Groups[1].Value)),
        ];

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.NotEmpty(Directory.GetFiles(Path.Combine(Repository.Root, project), "*.csproj")));
    }

    [Fact]
    public void The_picture_of_the_readme_has_the_references_of_the_projects()
    {
        string text = MarkdownFile.Read("README.md").Text;
        Dictionary<string, string> boxes = Regex.Matches(text, @"(\w+)\[""([\w.]+)").ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        string[] drawn = [.. Regex.Matches(text, @"^\s+(\w+)\S*.*? -->(?:\|[^|]*\|)? (\w+)", RegexOptions.Multiline).Select(match => $"{boxes[match.Groups[1].Value]} -> {boxes[match.Groups[2].Value]}")];

        // That a kernel is compiled with the runtime is not drawn: its program names nothing of it.
        string[] referenced =
        [
            .. from project in boxes.Values
               from reference in References(project)
               where boxes.ContainsValue(reference) && (project, reference) is not ("ToroCosmos.Demo", "ToroCosmos.NativeAot")
               select $"{project} -> {reference}",
        ];
        Assert.Equal(referenced.Order(), drawn.Order());
    }

    private static IEnumerable<string> References(string project) => XDocument
        .Load(Path.Combine(Repository.Root, project, project + ".csproj"))
        .Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

    private static bool Leads(MarkdownFile page, string link)
    {
        string[] parts = link.Split('#');
        string target = parts[0].Length == 0
            ? page.Name
            : Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, Path.GetDirectoryName(page.Name)!, parts[0]));
        return Path.Exists(Path.Combine(Repository.Root, target))
            && (parts.Length == 1 || MarkdownFile.Read(target).Anchors.Contains(parts[1], StringComparer.Ordinal));
    }
}

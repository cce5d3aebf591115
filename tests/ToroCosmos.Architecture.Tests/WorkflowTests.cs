using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace ToroCosmos.Architecture.Tests;

/// <summary>The workflow of the public build server runs what the repository has, and nothing without a limit.</summary>
public sealed class WorkflowTests
{
    private static readonly string s_text = File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows", "ci.yml"));

    [Fact]
    public void It_runs_the_two_commands_of_the_contributors()
    {
        string[] commands = [.. Values("run")];

        Assert.Equal([".ci/run", "./build.sh --target=Matrix"], commands);
        Assert.Empty(BuildCommands.FindMistakes(commands));
        Assert.All(commands, command => Assert.True(IsExecutable(command.Split(' ')[0]), command));
        string guide = MarkdownFile.Read("CONTRIBUTING.md").Text;
        Assert.All(commands, command => Assert.Contains($"`{command}`", guide, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_job_has_a_limit_of_time()
    {
        string[] jobs = Regex.Split(s_text[s_text.IndexOf("\njobs:\n", StringComparison.Ordinal)..], @"^  \w+:$", RegexOptions.Multiline)[1..];

        Assert.Equal(2, jobs.Length);
        Assert.All(jobs, job => Assert.Matches(@"(?m)^    timeout-minutes: \d+$", job));
    }

    [Fact]
    public void Every_action_is_pinned_to_a_major_version() =>
        Assert.All(Values("uses"), action => Assert.Matches(@"^actions/[\w-]+@v\d+$", action));

    [Fact]
    public void The_sdk_is_that_of_the_repository()
    {
        string file = Assert.Single(Values("global-json-file").Distinct());
        Assert.True(File.Exists(Path.Combine(Repository.Root, file)));
    }

    [Fact]
    public void It_is_indented_as_YAML_is()
    {
        Assert.DoesNotContain('\t', s_text);
        Assert.All(s_text.Split('\n'), line => Assert.True((line.Length - line.TrimStart(' ').Length) % 2 == 0, line));
    }

    private static IEnumerable<string> Values(string key) =>
        Regex.Matches(s_text, $@"^[ -]*{key}: (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value.Trim());

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows()
            ? File.Exists(Path.Combine(Repository.Root, path))
            : File.GetUnixFileMode(Path.Combine(Repository.Root, path)).HasFlag(UnixFileMode.UserExecute);
}

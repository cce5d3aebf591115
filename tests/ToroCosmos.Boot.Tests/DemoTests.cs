using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Boot.Tests;

/// <summary>What the demo does beyond the machines of the matrix.</summary>
public partial class DemoTests(ITestOutputHelper output)
{
    private readonly Booted _booted = new(output);

    [Fact]
    public async Task The_iso_runs_by_the_plain_command_of_the_readme()
    {
        var machine = new MachineSpec { Image = Artifacts.Iso };

        RunResult result = await _booted.RunAsync(
            new PlainCommandLauncher(), machine, Profiles.DemoTranscript(machine.Cores));

        Booted.Passed(result);
    }

    [Fact]
    public async Task Rounds_are_counted_by_the_second_after_the_transcript()
    {
        RunResult result = await _booted.EndsWellAsync(
            new MachineSpec { Image = Artifacts.Kernel, Cores = 2, Append = "rounds=1000" });

        Transcript transcript = Profiles.DemoTranscript(2);
        Assert.Equal(transcript.Lines, result.Texts.Take(transcript.Lines.Count));
        Assert.Single(result.Texts.Skip(transcript.Lines.Count), line => RoundTrips().IsMatch(line));
    }

    [Fact]
    public async Task What_happened_on_each_link_is_a_table_of_less_than_80_columns()
    {
        RunResult result = await _booted.EndsWellAsync(
            new MachineSpec { Image = Artifacts.Kernel, Cores = 3, Append = "rounds=100 links" });

        string[] table = [.. result.Texts.SkipWhile(line => !line.Contains("messages", System.StringComparison.Ordinal))];
        string[][] cells = [.. table.Select(line => line.Split(' ', System.StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(["link", "messages", "bytes", "full", "empty", "sleeps", "wake-ups"], cells[0]);
        Assert.Equal(
            ["0->1 101 404", "0->2 101 404", "1->0 101 404", "2->0 101 404", "all 404 1616"],
            cells.Skip(1).Select(row => string.Join(' ', row.Take(3))));
        Assert.All(cells.Skip(1), row => Assert.Equal(7, row.Length));
        Assert.All(table, line => Assert.InRange(line.Length, 1, 79));
    }

    [GeneratedRegex("[1-9][0-9]* round trips per second")]
    private static partial Regex RoundTrips();
}

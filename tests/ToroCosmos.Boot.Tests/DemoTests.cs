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

    [GeneratedRegex("[1-9][0-9]* round trips per second")]
    private static partial Regex RoundTrips();
}

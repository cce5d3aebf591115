using System;
using System.Linq;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Boot.Tests;

/// <summary>A soak of a second, and that it notices what is wrong.</summary>
public class SoakTests(ITestOutputHelper output)
{
    private const int FailedStatus = 35;
    private const int BadUsageStatus = 37;

    [Theory]
    [InlineData(4, AcceleratorChoice.Tcg, "standard", "Standard")]
    [InlineData(3, AcceleratorChoice.TcgSingle, "full", "Full")]
    public async Task A_soak_loses_and_changes_nothing(int cores, AcceleratorChoice accelerator, string option, string checks)
    {
        RunResult result = await BootAsync(cores, accelerator, "seconds=1 seed=7 checks=" + option);

        Booted.Passed(result);
        Assert.Equal($"soak: {cores} cores, 1 s, seed 7, checks {checks}, fault None", result.Texts[0]);
        Assert.Equal(cores * (cores - 1), result.Texts.Count(text => text.Contains(" is ready, ", StringComparison.Ordinal)));
        Assert.Matches("^soak passed: [1-9][0-9]+ sent, [0-9]+ received, 0 lost, 0 corrupt, 0 out of order, [1-9]", result.Texts[^1]);
    }

    [Theory]
    [InlineData("corrupt", "0 lost, 1 corrupt, 0 out of order")]
    [InlineData("lose", "1 lost, 0 corrupt, 0 out of order")]
    [InlineData("repeat", "0 lost, 0 corrupt, 1 out of order")]
    public async Task One_bad_message_fails_the_soak_and_is_counted(string fault, string counts)
    {
        RunResult result = await BootAsync(3, AcceleratorChoice.Auto, "seconds=1 fault=" + fault);

        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Equal(FailedStatus, result.End!.Status);
        Assert.Contains("soak FAILED: ", result.Texts[^1], StringComparison.Ordinal);
        Assert.Contains(counts, result.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_is_refused()
    {
        RunResult result = await BootAsync(2, AcceleratorChoice.Auto, "minutes=1");

        Assert.Equal(BadUsageStatus, result.End!.Status);
        Assert.Contains("unknown option 'minutes=1'; the soak knows seconds=N", Assert.Single(result.Texts), StringComparison.Ordinal);
    }

    private Task<RunResult> BootAsync(int cores, AcceleratorChoice accelerator, string append) => new Booted(output).RunAsync(
        new MachineSpec { Image = Artifacts.SoakKernel, Cores = cores, Accelerator = accelerator, Append = append }, transcript: null);
}

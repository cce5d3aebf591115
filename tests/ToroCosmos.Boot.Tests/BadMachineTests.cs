using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Boot.Tests;

/// <summary>Machines that cannot run the demo: they must say so and end.</summary>
public class BadMachineTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_processor_below_the_baseline_is_refused_aloud()
    {
        RunResult result = await new Booted(output).RunAsync(
            new MachineSpec { Image = Artifacts.Kernel, Cores = 1, Cpu = "486" }, transcript: null);

        Assert.Contains(result.Verdict, (Verdict[])[Verdict.Failed, Verdict.Panicked]);
        Assert.NotEqual(ShutdownCause.Reset, result.End!.Cause);
        Assert.Contains(result.Texts, line => line.Length > 0);
    }
}

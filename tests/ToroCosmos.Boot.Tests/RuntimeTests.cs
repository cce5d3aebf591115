using System.Linq;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Boot.Tests;

/// <summary>What C# programs take for granted, on the freestanding runtime.</summary>
public class RuntimeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2, "qemu64")]
    [InlineData(4, "qemu64")]
    [InlineData(4, "max")]
    public async Task Every_check_of_the_runtime_passes(int cores, string processor)
    {
        RunResult result = await new Booted(output).EndsWellAsync(
            new MachineSpec { Image = Artifacts.RuntimeKernel, Cores = cores, Cpu = processor });

        Assert.Equal("all checks passed", result.Texts[^1]);
        Assert.All(result.Texts.SkipLast(1), line => Assert.StartsWith("ok ", line));
    }
}

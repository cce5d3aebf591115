using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using ToroCosmos.Boot.Tests;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Cosmos.Tests;

/// <summary>The demo as a Cosmos kernel prints what the NativeAOT kernel prints, on every machine.</summary>
public class DemoTests(ITestOutputHelper output)
{
    private readonly Booted _booted = new(output);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public Task The_demo_prints_its_lines(int cores) =>
        PrintsItsLinesAsync(new MachineSpec { Image = CosmosKernels.Demo, Cores = cores });

    [SkippableFact]
    public Task The_demo_prints_its_lines_where_cores_run_by_turns() => PrintsItsLinesAsync(
        new MachineSpec { Image = CosmosKernels.Demo, Accelerator = AcceleratorChoice.TcgSingle });

    private async Task PrintsItsLinesAsync(MachineSpec machine)
    {
        Transcript expected = Profiles.Cell(machine.Cores == 1 ? "kernel, 1 core" : $"kernel, {machine.Cores} cores")
            .Expectation.Transcript!;
        Booted.Passed(await _booted.RunAsync(machine, expected));
    }
}

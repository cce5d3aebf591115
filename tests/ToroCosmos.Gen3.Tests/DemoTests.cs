using System;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using ToroCosmos.Boot.Tests;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Gen3.Tests;

/// <summary>The demo as a kernel of Cosmos gen3 prints what the NativeAOT kernel prints, on every machine.</summary>
public class DemoTests(ITestOutputHelper output)
{
    /// <summary>The boot loader and Cosmos print nothing.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(150);

    private readonly Booted _booted = new(output) { Silence = s_silence };

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public Task The_demo_prints_its_lines(int cores) =>
        PrintsItsLinesAsync(new MachineSpec { Image = Gen3Kernels.Demo, Cores = cores });

    [SkippableFact]
    public Task The_demo_prints_its_lines_on_q35() => PrintsItsLinesAsync(
        new MachineSpec { Image = Gen3Kernels.Demo, Type = MachineType.Q35, Accelerator = AcceleratorChoice.TcgSingle });

    private async Task PrintsItsLinesAsync(MachineSpec machine)
    {
        Transcript expected = Profiles.Cell(machine.Cores == 1 ? "kernel, 1 core" : $"kernel, {machine.Cores} cores")
            .Expectation.Transcript!;
        Booted.Passed(await _booted.RunAsync(machine, expected));
    }
}

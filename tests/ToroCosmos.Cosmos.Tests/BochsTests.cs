using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Bochs;
using TestRunner.Machines;
using TestRunner.Probing;
using TestRunner.Runs;
using ToroCosmos.Boot.Tests;
using Xunit;

namespace ToroCosmos.Cosmos.Tests;

/// <summary>
/// Cosmos kernels on Bochs, whose serial port takes the time that a real one takes: what is still in it when the machine is
/// turned off is lost.
/// </summary>
public class BochsTests
{
    /// <summary>IL2CPU turns doubles into integers by FISTTP, which Bochs' own model, without SSE3, does not have.</summary>
    private const string Model = "corei7_haswell_4770";

    private static readonly ProbeFinding s_bochs = new Host().Bochs;

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_demo_prints_all_its_lines_to_the_last_byte(int cores)
    {
        BootImage image = CosmosKernels.Demo;
        Skip.IfNot(s_bochs.Works, s_bochs.Detail);
        Transcript expected = Profiles.Cell(cores == 1 ? "kernel, 1 core" : $"kernel, {cores} cores").Expectation.Transcript!;

        var machine = new MachineSpec { Image = image, Hypervisor = HypervisorKind.Bochs, Cpu = Model, Cores = cores };
        using var serial = new MemoryStream();
        var run = new MachineRun(new BochsLauncher()) { Silence = TimeSpan.FromMinutes(2), SerialLog = serial };
        RunResult result = await run.RunAsync(
            machine, new RunExpectation(expected, false), TimeSpan.FromMinutes(5), CancellationToken.None);

        Booted.Passed(result);
        Assert.EndsWith(result.Texts[^1] + "\r\n", Encoding.ASCII.GetString(serial.ToArray()), StringComparison.Ordinal);
    }
}

using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.MpiSamples.Tests;

/// <summary>The samples on cores of a machine: a rank on each.</summary>
public sealed class BootedSamplesTests(ITestOutputHelper output)
{
    private const int FailedStatus = 35;
    private const int AbortStatus = 47;
    private const int BadUsageStatus = 37;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(100);

    [Theory]
    [InlineData("hello", 1)]
    [InlineData("hello", 8)]
    [InlineData("ring", 2)]
    [InlineData("ring", 3)]
    [InlineData("pi", 4)]
    [InlineData("jacobi", 1)]
    [InlineData("jacobi", 3)]
    [InlineData("is", 2)]
    [InlineData("is", 4)]
    public async Task A_sample_prints_its_lines(string sample, int cores)
    {
        RunResult result = await BootAsync(cores, "sample=" + sample);

        Assert.Equal(SampleLines.Of(sample, cores), result.Texts);
        Assert.True(result.Verdict == Verdict.Passed, result.Cause);
    }

    [Fact]
    public async Task Fewer_ranks_than_cores_run_on_the_first_cores()
    {
        RunResult result = await BootAsync(4, "ranks=2 sample=hello");

        Assert.Equal(SampleLines.Of("hello", 2), result.Texts);
    }

    [Fact]
    public async Task More_ranks_than_cores_are_refused()
    {
        RunResult result = await BootAsync(2, "ranks=3 sample=hello");

        Assert.Equal("MPI: ranks=3: there is a rank for each core, from 1 to 2", Assert.Single(result.Texts));
        Assert.Equal(BadUsageStatus, result.End!.Status);
    }

    [Fact]
    public async Task A_rank_that_throws_ends_the_program_on_all_ranks()
    {
        RunResult result = await BootAsync(3, "sample=throw");

        Assert.Equal("MPI: rank 1: rank 1 cannot go on", Assert.Single(result.Texts));
        Assert.Equal(FailedStatus, result.End!.Status);
    }

    [Fact]
    public async Task An_abort_is_the_programs_exit_code()
    {
        RunResult result = await BootAsync(3, "sample=abort");

        Assert.Empty(result.Texts);
        Assert.Equal(AbortStatus, result.End!.Status);
    }

    private async Task<RunResult> BootAsync(int cores, string append)
    {
        MachineSpec machine = new()
        {
            Image = BootImage.Open(Paths.Kernel),
            Cores = cores,
            MemoryMegabytes = 256,
            Append = append,
        };
        RunResult result = await new MachineRun(new QemuLauncher())
            .RunAsync(machine, RunExpectation.AnyOutput, s_limit, CancellationToken.None);
        foreach (string line in result.Texts)
        {
            output.WriteLine(line);
        }

        return result;
    }
}

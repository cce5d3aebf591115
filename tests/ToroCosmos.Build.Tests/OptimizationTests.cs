using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>Kernels of the Debug configuration, which the compiler does not optimize.</summary>
[Collection(nameof(KernelProjectCollection))]
public class OptimizationTests(KernelProject kernel)
{
    /// <summary>The machine needs a second or two; this is for a busy computer.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_kernel_that_is_not_optimized_is_larger_and_boots()
    {
        await kernel.WriteProgramAsync();
        await kernel.BuildAsync("ToroIso=false");
        string elf = kernel.File("artifacts", "Small.elf");
        long optimized = new FileInfo(elf).Length;

        await kernel.BuildAsync("ToroIso=false", "Optimize=false");

        Assert.True(new FileInfo(elf).Length > optimized * 3 / 2, $"{new FileInfo(elf).Length} bytes against {optimized}");
        RunResult result = await new MachineRun(new QemuLauncher()).RunAsync(
            new MachineSpec { Image = BootImage.Open(elf) },
            new RunExpectation(new Transcript(["small"]), FirmwarePrints: false),
            s_limit,
            CancellationToken.None);
        Assert.True(result.Verdict == Verdict.Passed, $"{result.Verdict}: {result.Cause}");
    }
}

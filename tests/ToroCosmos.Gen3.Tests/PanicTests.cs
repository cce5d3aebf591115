using System;
using System.Linq;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using ToroCosmos.Boot.Tests;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Gen3.Tests;

/// <summary>A kernel of Cosmos gen3 that cannot go on says why and on which core, stops all others, and ends the machine.</summary>
public class PanicTests(ITestOutputHelper output)
{
    /// <summary>The status of QEMU for the exit code of a panic, 1 (MachinePower.cs).</summary>
    private const int PanicStatus = 35;

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(150);

    /// <param name="port">The serial port by which the machine asks the kernel for a fault (Faults.cs).</param>
    /// <param name="report">What the report begins with.</param>
    [SkippableTheory]
    [InlineData("0x2e0", "PANIC on core 2: page fault at address 0x0000400000000000 (vector 14, error code 0x")]
    [InlineData("0x2d0", "PANIC on core 2: stack overflow (vector 8, error code 0x")]
    [InlineData("0x2c0", "PANIC on core 0: page fault at address 0x0000400000000000 (vector 14, error code 0x")]
    [InlineData("0x2b0", "PANIC on core 0: on purpose")]
    public async Task A_fault_on_any_core_is_reported_and_stops_all(string port, string report)
    {
        RunResult result = await new Booted(output) { Silence = s_silence }.RunAsync(
            new MachineSpec { Image = Gen3Kernels.Suites, Devices = [$"isa-serial,index=1,iobase={port},irq=3"] },
            transcript: null);

        Assert.Equal(Verdict.Panicked, result.Verdict);
        Assert.Equal(PanicStatus, result.End!.Status);
        string[] lines = [.. result.Texts.SkipWhile(line => !line.StartsWith("PANIC", StringComparison.Ordinal))];
        Assert.StartsWith(report, lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("still running", lines);
    }
}

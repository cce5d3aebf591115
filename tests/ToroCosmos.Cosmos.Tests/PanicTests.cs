using System;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using ToroCosmos.Boot.Tests;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Cosmos.Tests;

/// <summary>A Cosmos kernel that cannot go on says why and on which core, and ends the machine.</summary>
public class PanicTests(ITestOutputHelper output)
{
    /// <summary>The status of QEMU for the exit code of a panic, 1 (MachinePower.cs).</summary>
    private const int PanicStatus = 35;

    /// <summary>The boot loader reads 30 MB from the CD, silently: long on a busy computer.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(55);

    /// <param name="port">The serial port by which the machine asks the kernel for a fault (Faults.cs).</param>
    /// <param name="report">What the line begins with.</param>
    [SkippableTheory]
    [InlineData("0x2e0", "PANIC on core 2: Invalid Opcode (vector 6) at 0x")]
    [InlineData("0x2d0", "PANIC on core 2: unhandled exception")]
    [InlineData("0x2b0", "PANIC on core 2: Heap.Collect is for the boot core alone")]
    [InlineData("0x2c0", "PANIC on core 0: Invalid Opcode (vector 6) at 0x")]
    public async Task A_fault_on_any_core_is_reported_and_stops_all(string port, string report)
    {
        RunResult result = await new Booted(output) { Silence = s_silence }.RunAsync(
            new MachineSpec { Image = CosmosKernels.Suites, Devices = [$"isa-serial,index=1,iobase={port},irq=3"] },
            transcript: null);

        Assert.Equal(Verdict.Panicked, result.Verdict);
        Assert.Equal(PanicStatus, result.End!.Status);
        Assert.StartsWith(report, result.Texts[^1], StringComparison.Ordinal);
    }
}

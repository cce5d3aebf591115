using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Boot.Tests;

/// <summary>Boots machines and asserts how they ended; the serial line goes into the test's output.</summary>
/// <param name="output">The test's output.</param>
internal sealed class Booted(ITestOutputHelper output)
{
    /// <summary>A machine needs a second or two; this is for a busy computer.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>How long a machine may print nothing.</summary>
    public TimeSpan Silence { get; init; } = MachineRun.DefaultSilence;

    /// <summary>Boots a machine that must power itself off, whatever it prints.</summary>
    public async Task<RunResult> EndsWellAsync(MachineSpec machine)
    {
        RunResult result = await RunAsync(machine, transcript: null);
        Passed(result);
        return result;
    }

    /// <summary>Boots a machine.</summary>
    public Task<RunResult> RunAsync(MachineSpec machine, Transcript? transcript) =>
        RunAsync(new QemuLauncher(), machine, transcript);

    /// <summary>Boots a machine in a way of the test's own.</summary>
    public async Task<RunResult> RunAsync(IMachineLauncher launcher, MachineSpec machine, Transcript? transcript)
    {
        var expectation = new RunExpectation(transcript, machine.Firmware == FirmwareKind.Uefi);
        RunResult result = await new MachineRun(launcher) { Silence = Silence }
            .RunAsync(machine, expectation, s_limit, CancellationToken.None);
        foreach (SerialLine line in result.Lines)
        {
            output.WriteLine($"{line.At.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)} {line.Text}");
        }

        return result;
    }

    /// <summary>Asserts that a machine passed and that it was the kernel that powered it off.</summary>
    public static void Passed(RunResult result)
    {
        Assert.True(
            result.Verdict == Verdict.Passed,
            $"{result.Verdict}: {result.Cause}\n{string.Join('\n', result.Lines.Select(line => line.Text))}");
        Assert.Equal(ShutdownCause.PowerOff, result.End!.Cause);
    }
}

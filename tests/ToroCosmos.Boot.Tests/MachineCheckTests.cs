using System;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;

namespace ToroCosmos.Boot.Tests;

/// <summary>Hardware that reports that it is broken, to any core.</summary>
public class MachineCheckTests
{
    private const string Ready = "ready for a machine check";

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_machine_check_on_any_core_is_a_panic_that_names_it(int core)
    {
        var machine = new MachineSpec
        {
            Image = Artifacts.RuntimeKernel,
            Cores = 3,
            Cpu = "max",
            Accelerator = AcceleratorChoice.Tcg,
            Append = "fault=machine-check",
        };
        var launcher = new KeptLauncher();

        // Bank 1: valid, uncorrected, enabled, with an address, context corrupt (Intel SDM 3B, IA32_MCi_STATUS MSRs).
        string command = $"mce {core} 1 0xb600000000000001 0x4 0x123456000 0x0";
        var run = new MachineRun(launcher)
        {
            LineRead = line =>
            {
                if (line.Text == Ready)
                {
                    _ = launcher.Process!.CommandAsync(command);
                }
            },
        };

        RunResult result = await run.RunAsync(machine, RunExpectation.AnyOutput, TimeSpan.FromSeconds(60), CancellationToken.None);

        string transcript = string.Join('\n', result.Texts);
        Assert.True(result.Verdict == Verdict.Panicked, $"{result.Verdict}: {result.Cause}\n{transcript}");
        Assert.Equal(35, result.End!.Status);
        Assert.Contains(result.Texts, line => line.StartsWith($"PANIC on core {core}: machine check (vector 18", StringComparison.Ordinal));
        Assert.Contains("  bank 1 status 0xB600000000000001 address 0x0000000123456000", result.Texts, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Backtrace:", result.Texts);
    }

    /// <summary>QEMU, kept to be talked to.</summary>
    private sealed class KeptLauncher : IMachineLauncher
    {
        public QemuProcess? Process { get; private set; }

        public IMachineProcess Start(MachineSpec machine) => Process = (QemuProcess)new QemuLauncher().Start(machine);
    }
}

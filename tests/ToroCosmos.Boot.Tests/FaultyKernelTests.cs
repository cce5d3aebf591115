using System;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;

namespace ToroCosmos.Boot.Tests;

/// <summary>Kernels that misbehave on a real emulator: the runner must find the cause and never wait for nothing.</summary>
public sealed class FaultyKernelTests : IDisposable
{
    /// <summary>Firmware on a busy computer may take a second before the kernel prints.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(4);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_kernel_that_spins_is_silent_and_found_where_it_spins()
    {
        RunResult result = await RunAsync("alive\r\nhalf a li", TinyKernel.Spin.ToArray(), "alive", "half a line");

        Assert.Equal(Verdict.Hung, result.Verdict);
        Assert.StartsWith(
            "the machine printed nothing more for 4 s; the last line was \"half a li\"; core 0 running at 0x1000",
            result.Cause,
            StringComparison.Ordinal);
        Assert.Contains("core 1 halted at", result.Cause, StringComparison.Ordinal);
        Assert.Equal(["  alive", "- half a line", "+ half a li"], result.Details);
    }

    [Fact]
    public async Task A_kernel_that_halts_without_a_word_is_told_as_such()
    {
        RunResult result = await RunAsync("", TinyKernel.Halt.ToArray(), "alive");

        Assert.Equal(Verdict.Hung, result.Verdict);
        Assert.StartsWith("the machine printed nothing at all for 4 s; core 0 halted at 0x1000", result.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_triple_fault_is_no_power_off()
    {
        RunResult result = await RunAsync("alive\n", TinyKernel.TripleFault.ToArray(), "alive");

        Assert.Equal(Verdict.Panicked, result.Verdict);
        Assert.Equal(ShutdownCause.Reset, result.End!.Cause);
    }

    [Fact]
    public async Task Garbage_is_shown_and_passes_for_nothing()
    {
        RunResult result = await RunAsync("\xFF\0\x1B[31malive\x80\n", TinyKernel.PowerOff.ToArray(), "alive");

        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Equal([@"\xFF\x00alive\x80"], result.Texts);
    }

    [Fact]
    public async Task The_right_lines_in_the_wrong_order_fail()
    {
        RunResult result = await RunAsync("two\none\n", TinyKernel.PowerOff.ToArray(), "one", "two");

        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Equal("line 1: expected \"one\", but got \"two\"", result.Cause);
    }

    [Fact]
    public async Task The_right_lines_pass_on_such_a_kernel_too() =>
        Assert.Equal(Verdict.Passed, (await RunAsync("one\ntwo\n", TinyKernel.PowerOff.ToArray(), "one", "two")).Verdict);

    private Task<RunResult> RunAsync(string text, byte[] end, params string[] expected)
    {
        var run = new MachineRun(new QemuLauncher()) { Silence = s_silence };
        var machine = new MachineSpec { Image = TinyKernel.Write(_folder, text, end), Cores = 2 };
        var expectation = new RunExpectation(new Transcript(expected), FirmwarePrints: false);
        return run.RunAsync(machine, expectation, TimeSpan.FromSeconds(60), CancellationToken.None);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using TestRunner.Tests.Fakes;
using Xunit;

namespace TestRunner.Tests;

public class MachineRunTests
{
    private static readonly MachineSpec s_spec = new() { Image = new BootImage("/kernel.elf", BootImageKind.Kernel) };

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(100);

    private static RunExpectation Expect(params string[] lines) => new(new Transcript(lines), FirmwarePrints: false);

    private static Task<RunResult> Run(IMachineProcess machine, RunExpectation expectation, TimeSpan limit) =>
        new MachineRun(new FakeLauncher(machine)).RunAsync(s_spec, expectation, limit, CancellationToken.None);

    [Fact]
    public async Task A_machine_that_prints_the_transcript_and_powers_off_passes()
    {
        RunResult result = await Run(FakeMachine.Ending("one\r\ntwo\r\n"), Expect("one", "two"), s_long);

        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.Equal(["one", "two"], result.Texts);
        Assert.True(result.FirstLineAt <= result.LastLineAt && result.LastLineAt <= result.Duration);
    }

    [Fact]
    public async Task Lines_are_told_while_the_machine_still_runs()
    {
        using var seen = new CancellationTokenSource();
        List<string> lines = [];
        FakeMachine machine = FakeMachine.Hanging("alive\n");
        var run = new MachineRun(new FakeLauncher(machine))
        {
            LineRead = line =>
            {
                lines.Add(line.Text);
                seen.Cancel();
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => run.RunAsync(s_spec, RunExpectation.AnyOutput, s_long, seen.Token));
        Assert.Equal(["alive"], lines);
    }

    [Fact]
    public async Task A_machine_that_hangs_is_ended_and_its_last_words_are_told()
    {
        FakeMachine machine = FakeMachine.Hanging("one\ntw");

        RunResult result = await Run(machine, Expect("one", "two"), s_short);

        Assert.Equal(Verdict.Hung, result.Verdict);
        Assert.Contains("\"tw\"", result.Cause, StringComparison.Ordinal);
        Assert.True(machine.WasKilled);
        Assert.True(machine.WasDisposed);
    }

    [Fact]
    public async Task A_machine_that_hangs_in_silence_is_told_as_such()
    {
        RunResult result = await Run(FakeMachine.Hanging(""), RunExpectation.AnyOutput, s_short);

        Assert.Equal(Verdict.Hung, result.Verdict);
        Assert.Contains("it printed nothing", result.Cause, StringComparison.Ordinal);
        Assert.Null(result.FirstLineAt);
    }

    [Fact]
    public async Task Silence_is_a_hang_long_before_the_time_is_over()
    {
        FakeMachine machine = FakeMachine.Hanging("one\n");
        var run = new MachineRun(new FakeLauncher(machine)) { Silence = s_short };

        RunResult result = await run.RunAsync(s_spec, Expect("one", "two"), s_long, CancellationToken.None);

        Assert.Equal(Verdict.Hung, result.Verdict);
        Assert.Contains("printed nothing more for 0.1 s; the last line was \"one\"", result.Cause, StringComparison.Ordinal);
        Assert.Equal(["  one", "- two"], result.Details);
        Assert.True(machine.WasKilled);
    }

    [Fact]
    public async Task Tests_in_the_kernel_without_a_report_fail()
    {
        RunResult result = await Run(
            FakeMachine.Ending("all tests passed\n"), RunExpectation.AnyOutput with { KernelTests = true }, s_long);

        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Contains("announced no tests", result.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_run_leaves_no_machine_behind()
    {
        FakeMachine machine = FakeMachine.Hanging("one\n");
        using var cancellation = new CancellationTokenSource(s_short);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new MachineRun(new FakeLauncher(machine)).RunAsync(
                s_spec, RunExpectation.AnyOutput, s_long, cancellation.Token));
        Assert.True(machine.WasKilled);
        Assert.True(machine.WasDisposed);
    }

    [Fact]
    public async Task A_missing_emulator_is_a_machine_that_was_not_started()
    {
        RunResult result = await new MachineRun(new MissingLauncher()).RunAsync(
            s_spec, RunExpectation.AnyOutput, s_long, CancellationToken.None);

        Assert.Equal(Verdict.NotStarted, result.Verdict);
        Assert.Equal("there is no emulator", result.Cause);
    }

    [Fact]
    public async Task The_serial_log_has_the_bytes_as_they_came()
    {
        using var log = new MemoryStream();
        var run = new MachineRun(new FakeLauncher(FakeMachine.Ending("\x1B[2Jone\r\n\xFF"))) { SerialLog = log };

        await run.RunAsync(s_spec, RunExpectation.AnyOutput, s_long, CancellationToken.None);

        Assert.Equal("\x1B[2Jone\r\n\xFF", Encoding.Latin1.GetString(log.ToArray()));
    }
}

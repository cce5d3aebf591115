using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Bochs;
using TestRunner.Machines;
using TestRunner.Runs;
using TestRunner.Tests.Fakes;
using Xunit;

namespace TestRunner.Tests.Bochs;

/// <summary>Machines of a program in Bochs' place.</summary>
public sealed class BochsProcessTests : IDisposable
{
    private const string PowerOff = "echo '00000000042p[ACPI  ] >>PANIC<< ACPI control: soft power off' >log.txt";

    private const string StayAlive = "exec sleep 600";

    private static readonly MachineSpec s_machine =
        new() { Image = new BootImage("/images/k.iso", BootImageKind.Iso), Hypervisor = HypervisorKind.Bochs };

    private readonly TemporaryFolder _programs = new();

    public void Dispose() => _programs.Dispose();

    [Fact]
    public async Task The_serial_line_is_followed_to_its_last_byte()
    {
        // What comes in the moment of the end, without a line break.
        RunResult result = await RunAsync($"printf 'one\\ntwo\\n' >serial.txt; sleep 1; {PowerOff}; printf 'thr' >>serial.txt; printf 'ee' >>serial.txt; exit 1");

        Assert.Equal((Verdict.Passed, ""), (result.Verdict, result.Cause));
        Assert.Equal(["one", "two", "three"], result.Texts);
    }

    [Fact]
    public async Task Lines_are_told_while_the_machine_runs()
    {
        var told = new TaskCompletionSource();
        var run = new MachineRun(Launcher($"echo one >serial.txt; {StayAlive}")) { LineRead = _ => told.TrySetResult() };
        using var cancellation = new CancellationTokenSource();
        Task<RunResult> result = run.RunAsync(s_machine, RunExpectation.AnyOutput, TimeSpan.FromMinutes(1), cancellation.Token);

        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.False(result.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result);
    }

    [Fact]
    public async Task A_machine_that_hangs_is_ended_by_its_own_id()
    {
        string id = _programs.File("id");

        RunResult result = await RunAsync($"echo $$ >{id}; echo one >serial.txt; trap '' INT; {StayAlive}", silence: 1);

        Assert.Equal(Verdict.Hung, result.Verdict);
        Assert.Contains("\"one\"", result.Cause, StringComparison.Ordinal);
        int process = int.Parse(await File.ReadAllTextAsync(id), CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
    }

    [Fact]
    public async Task A_machine_that_hangs_is_asked_where_its_processors_are()
    {
        string[] dump =
        [
            "00000000042i[CPU0  ] CPU is in long mode (active)", "00000000042i[CPU0  ] | RIP=0000000000001002 (0000000000001000)",
        ];

        RunResult result = await RunAsync(
            $"trap \"printf '{string.Join(@"\n", dump)}\\n' >>log.txt; exit 1\" INT; while true; do sleep 0.05; done", silence: 1);

        Assert.Equal(
            (Verdict.Hung, "the machine printed nothing at all for 1 s; core 0 running at 0x1000"), (result.Verdict, result.Cause));
    }

    [Fact]
    public async Task A_reset_ends_the_machine()
    {
        const string Reset = "00000000000i[SYS   ] bx_pc_system_c::Reset(HARDWARE) called";

        RunResult result = await RunAsync($"echo '{Reset}' >log.txt; echo one >serial.txt; echo '{Reset}' >>log.txt; {StayAlive}");

        Assert.Equal(Verdict.Panicked, result.Verdict);
    }

    [Fact]
    public async Task An_exit_code_ends_a_machine_that_only_halts()
    {
        RunResult result = await RunAsync($"echo one >serial.txt; echo '00000000042d[UNMAP ] unmapped: 32-bit write to 00f4 = 00000017' >log.txt; {StayAlive}");

        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Contains("failure code 7", result.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bochs_that_stays_after_the_power_off_is_ended()
    {
        RunResult result = await RunAsync($"{PowerOff}; {StayAlive}");

        Assert.Equal((Verdict.Passed, ""), (result.Verdict, result.Cause));
    }

    [Fact]
    public async Task A_panic_line_counts_although_the_machine_powers_off()
    {
        RunResult result = await RunAsync($"echo 'PANIC on core 1: oh' >serial.txt; {PowerOff}");

        Assert.Equal(Verdict.Panicked, result.Verdict);
        Assert.Contains("PANIC on core 1: oh", result.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_description_that_bochs_refuses_is_told_in_its_words()
    {
        RunResult result = await RunAsync("echo '00000000000p[      ] >>PANIC<< bochsrc:1: cpu directive malformed.' >&2; exit 1");

        Assert.Equal(Verdict.NotStarted, result.Verdict);
        Assert.Contains("bochsrc:1: cpu directive malformed.", result.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_is_at_its_end_so_that_no_prompt_waits_for_it()
    {
        RunResult result = await RunAsync($"read line && exit 1; {PowerOff}");

        Assert.Equal(Verdict.Passed, result.Verdict);
    }

    [Fact]
    public async Task A_display_that_draws_without_end_does_not_stop_the_machine()
    {
        RunResult result = await RunAsync($"i=0; while [ $i -lt 3000 ]; do echo ................................................; i=$((i+1)); done; {PowerOff}");

        Assert.Equal(Verdict.Passed, result.Verdict);
    }

    [Fact]
    public async Task Nothing_is_left_behind()
    {
        var folder = new TemporaryFolder();
        string before = Directory.GetCurrentDirectory();
        string[] files = Directory.GetFileSystemEntries(before);

        await using (BochsProcess process = BochsProcess.Start(FakeBochs.Write(_programs, $"echo x >left; {PowerOff}"), [], folder))
        {
            await process.Completion;
            Assert.True(File.Exists(folder.File("left")));
        }

        Assert.False(Directory.Exists(folder.Path));
        Assert.Equal(files, Directory.GetFileSystemEntries(before));
    }

    private ScriptedLauncher Launcher(string commands) =>
        new(_ => BochsProcess.Start(FakeBochs.Write(_programs, commands), (IReadOnlyList<string>)["-q"], new TemporaryFolder()));

    private Task<RunResult> RunAsync(string commands, double silence = 40)
    {
        var run = new MachineRun(Launcher(commands)) { Silence = TimeSpan.FromSeconds(silence) };
        return run.RunAsync(s_machine, RunExpectation.AnyOutput, TimeSpan.FromMinutes(1), CancellationToken.None);
    }
}

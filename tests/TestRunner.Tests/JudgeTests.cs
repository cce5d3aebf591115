using System;
using System.Linq;
using TestRunner.KernelTests;
using TestRunner.Runs;
using Xunit;

namespace TestRunner.Tests;

public class JudgeTests
{
    private static (Verdict Verdict, string Cause) Decide(
        string[] lines,
        int status = 0,
        ShutdownCause cause = ShutdownCause.PowerOff,
        string errors = "",
        bool timedOut = false,
        string[]? expected = null)
    {
        var observation = new RunObservation
        {
            Lines = [.. lines.Select((text, i) => new SerialLine(text, TimeSpan.FromSeconds(i)))],
            End = new MachineEnd(status, cause, errors),
            TimedOut = timedOut,
            Limit = TimeSpan.FromSeconds(60),
        };
        return Judge.Decide(observation, new RunExpectation(expected is null ? null : new Transcript(expected), false));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public void Power_off_and_success_through_debug_exit_pass(int status) =>
        Assert.Equal((Verdict.Passed, ""), Decide(["done"], status));

    [Theory]
    [InlineData(35, 1)]
    [InlineData(37, 2)]
    [InlineData(233, 100)]
    public void A_failure_code_is_told(int status, int code)
    {
        (Verdict verdict, string cause) = Decide(["done"], status, ShutdownCause.Unknown);

        Assert.Equal(Verdict.Failed, verdict);
        Assert.Contains($"failure code {code}", cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_that_a_signal_makes_too_is_told_as_both()
    {
        (Verdict verdict, string cause) = Decide(["done"], 137, ShutdownCause.Unknown);

        Assert.Equal(Verdict.Failed, verdict);
        Assert.Contains("failure code 52, or signal 9 ended the emulator", cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_gdb_ends_is_no_failure_of_the_emulator() => Assert.Equal(
        (Verdict.Interrupted, "gdb ended the machine; the last line was \"hello\""),
        Decide(["hello"], cause: ShutdownCause.Debugger, errors: "QEMU: Terminated via GDBstub"));

    [Fact]
    public void A_panic_stays_one_when_gdb_ends_the_machine() =>
        Assert.Equal(Verdict.Panicked, Decide(["PANIC on core 0: x"], cause: ShutdownCause.Debugger).Verdict);

    [Fact]
    public void A_failure_code_fails_although_the_transcript_is_right() =>
        Assert.Equal(Verdict.Failed, Decide(["done"], 35, expected: ["done"]).Verdict);

    [Theory]
    [InlineData(1)]
    [InlineData(34)]
    [InlineData(235)]
    public void A_status_that_no_kernel_makes_is_the_emulators_failure(int status)
    {
        (Verdict verdict, string cause) = Decide([], status, ShutdownCause.Unknown, "no such CPU");

        Assert.Equal(Verdict.NotStarted, verdict);
        Assert.Contains("no such CPU", cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_line_is_told_with_the_expected_one()
    {
        (Verdict verdict, string cause) = Decide(["a", "c"], expected: ["a", "b"]);

        Assert.Equal(Verdict.Failed, verdict);
        Assert.Equal("line 2: expected \"b\", but got \"c\"", cause);
    }

    [Fact]
    public void A_reset_is_a_crash_although_the_transcript_is_right() =>
        Assert.Equal(Verdict.Panicked, Decide(["a"], cause: ShutdownCause.Reset, expected: ["a"]).Verdict);

    [Fact]
    public void A_triple_fault_that_the_emulator_tells_of_is_named()
    {
        var observation = new RunObservation
        {
            Lines = [new SerialLine("a", TimeSpan.Zero)],
            End = new MachineEnd(1, ShutdownCause.Reset, "") { Fault = new MachineFault(1, 14, 0x18, 0x9e081, 0x80) },
        };
        const string Fault = "a triple fault on processor 1: exception 14 at 0018:000000000009e081, CR2 0x80";

        Assert.Equal((Verdict.Panicked, $"{Fault}; the last line was \"a\""), Judge.Decide(observation, RunExpectation.AnyOutput));
        Assert.Equal(
            (Verdict.Panicked, $"{Fault} instead of a refusal; the last line was \"a\""),
            Judge.Decide(observation, new RunExpectation(null, false) { Refusal = new Transcript(["no"]) }));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(35, false)]
    [InlineData(137, true)]
    public void A_panic_line_is_a_panic_however_the_machine_ended(int status, bool timedOut)
    {
        (Verdict verdict, string cause) = Decide(["a", "PANIC core 2: page fault", "rax=0"], status, timedOut: timedOut);

        Assert.Equal(Verdict.Panicked, verdict);
        Assert.Contains("PANIC core 2: page fault", cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ShutdownCause.PowerOff, Verdict.Passed)]
    [InlineData(ShutdownCause.Unknown, Verdict.NotStarted)]
    public void A_good_status_is_a_pass_only_when_the_kernel_powered_off(ShutdownCause cause, Verdict verdict) =>
        Assert.Equal(verdict, Decide(["a"], 0, cause).Verdict);

    [Theory]
    [InlineData("no", 35, ShutdownCause.Unknown, Verdict.Passed)]
    [InlineData("PANIC: no", 35, ShutdownCause.Unknown, Verdict.Failed)]
    [InlineData("no", 0, ShutdownCause.PowerOff, Verdict.Failed)]
    [InlineData("no", 0, ShutdownCause.Reset, Verdict.Panicked)]
    [InlineData("no", 1, ShutdownCause.Unknown, Verdict.NotStarted)]
    public void A_refusal_is_its_exact_lines_and_an_end_without_success(string line, int status, ShutdownCause cause, Verdict verdict)
    {
        var observation = new RunObservation
        {
            Lines = [new SerialLine(line, TimeSpan.Zero)],
            End = new MachineEnd(status, cause, ""),
        };

        Assert.Equal(verdict, Judge.Decide(observation, new RunExpectation(null, false) { Refusal = new Transcript(["no"]) }).Verdict);
    }

    [Fact]
    public void A_hang_tells_where_the_cores_are()
    {
        var observation = new RunObservation
        {
            Lines = [],
            End = new MachineEnd(137, ShutdownCause.Unknown, ""),
            TimedOut = true,
            SilentFor = TimeSpan.FromSeconds(20),
            Cores = [new CoreState(0, 0x1000, Halted: false), new CoreState(1, 0xABC, Halted: true)],
        };

        Assert.Equal(
            (Verdict.Hung, "the machine printed nothing at all for 20 s; core 0 running at 0x1000, core 1 halted at 0xabc"),
            Judge.Decide(observation, RunExpectation.AnyOutput));
    }

    [Fact]
    public void Where_the_cores_are_is_read_from_what_qemu_answers() => Assert.Equal(
        [new CoreState(0, 0xfff0, Halted: false), new CoreState(11, 0xffffffff81000010, Halted: true)],
        CoreStates.Parse(
            "\r\nCPU#0\r\nEAX=00000000 EBX=00000000\r\nEIP=0000fff0 EFL=00000002 [-------] CPL=0 II=0 A20=1 SMM=0 HLT=0\r\nES =0000\r\n"
            + "\r\nCPU#11\r\nRAX=0000000000000000\r\nRIP=ffffffff81000010 RFL=00000246 [---Z-P-] CPL=0 II=0 A20=1 SMM=0 HLT=1\r\n"));

    [Theory]
    [InlineData("")]
    [InlineData("unknown command")]
    public void An_answer_without_cores_has_none(string answer) => Assert.Empty(CoreStates.Parse(answer));

    [Fact]
    public void Tests_in_the_kernel_decide_where_the_machine_ended_well()
    {
        var good = new KernelTestResult { Id = "A.B", Name = "b", Core = "0", Place = "A.cs:1", Outcome = KernelTestOutcome.Passed };
        KernelTestResult bad = good with { Id = "A.C", Outcome = KernelTestOutcome.Failed, Message = "expected 1\nfound 2" };

        Assert.Equal(Verdict.Passed, Judge.DecideTests(Verdict.Passed, "", Report([good])).Verdict);
        Assert.Equal(
            (Verdict.Failed, "1 of 2 tests failed, the first A.C: expected 1"),
            Judge.DecideTests(Verdict.Passed, "", Report([good, bad])));
        Assert.Equal(
            (Verdict.Failed, "the end of the report is missing"),
            Judge.DecideTests(Verdict.Passed, "", Report([good], "the end of the report is missing")));
        Assert.Equal(Verdict.Failed, Judge.DecideTests(Verdict.Passed, "", Report([])).Verdict);
        Assert.Equal((Verdict.Hung, "it hung"), Judge.DecideTests(Verdict.Hung, "it hung", Report([bad])));
    }

    private static KernelTestReport Report(KernelTestResult[] results, params string[] problems) =>
        new() { Results = results, Problems = problems };

    [Fact]
    public void The_word_panic_inside_a_line_is_none() =>
        Assert.Equal(Verdict.Passed, Decide(["don't PANIC"]).Verdict);

    [Fact]
    public void Exit_codes_are_those_of_the_documentation()
    {
        Assert.Equal(0, (int)Verdict.Passed);
        Assert.Equal(1, (int)Verdict.Failed);
        Assert.Equal(3, (int)Verdict.NotStarted);
        Assert.Equal(4, (int)Verdict.Hung);
        Assert.Equal(5, (int)Verdict.Panicked);
    }
}

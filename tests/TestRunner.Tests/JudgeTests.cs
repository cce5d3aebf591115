using System;
using System.Linq;
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

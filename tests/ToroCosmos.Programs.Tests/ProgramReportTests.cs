using System.Collections.Generic;
using Xunit;

namespace ToroCosmos.Programs.Tests;

/// <summary>What is read of a boot, and how each way to be wrong is named.</summary>
public sealed class ProgramReportTests
{
    private static readonly SampleProgram s_program = new("Group.One", () => "host's");
    private static readonly SampleProgram s_refused = new("Group.Refused", () => "") { Refused = "PlatformNotSupportedException: A kernel has no SystemNative_Fork" };

    [Fact]
    public void Answers_are_read_and_a_boot_without_a_fault_has_no_problem()
    {
        ProgramReport report = Parse("", "program A.B", @"answer A.B x\ny", "program A.C", "answer A.C ", "programs ended: 2");
        Assert.Equal("x\ny", report.Outcomes["A.B"]);
        Assert.Equal("", report.Outcomes["A.C"]);
        Assert.Empty(report.Problems);
        Assert.Null(report.Broken);
    }

    [Fact]
    public void A_panic_in_the_middle_is_the_outcome_of_the_program_that_ran()
    {
        ProgramReport report = Parse("the kernel panicked: \"PANIC on core 0: x\"", "program A.B", "answer A.B 1", "program A.C", "PANIC on core 0: x", "Backtrace:");
        Assert.Equal("1", report.Outcomes["A.B"]);
        Assert.Equal("broke the kernel: the kernel panicked: \"PANIC on core 0: x\"", report.Outcomes["A.C"]);
        Assert.Equal("A.C", report.Broken);
    }

    [Fact]
    public void A_kernel_that_ends_in_the_middle_is_told()
    {
        ProgramReport report = Parse("", "program A.B");
        Assert.Equal("broke the kernel: it ended without an answer", report.Outcomes["A.B"]);
        Assert.Equal("A.B", report.Broken);
    }

    [Fact]
    public void A_panic_between_programs_is_a_problem() =>
        Assert.Equal(["the end is missing: panicked"], Parse("panicked", "program A.B", "answer A.B 1", "PANIC").Problems);

    [Fact]
    public void A_kernel_that_does_not_end_after_its_last_line_is_a_problem() =>
        Assert.Equal(["hung"], Parse("hung", "program A.B", "answer A.B 1", "programs ended: 1").Problems);

    [Fact]
    public void A_missing_end_is_a_problem() => Assert.Equal(["the end is missing"], Parse("", "program A.B", "answer A.B 1").Problems);

    [Fact]
    public void A_lost_answer_is_a_problem() =>
        Assert.Equal(["2 programs ended, 1 answered"], Parse("", "program A.B", "answer A.B 1", "programs ended: 2").Problems);

    [Fact]
    public void An_answer_that_comes_twice_is_a_problem() => Assert.Contains(
        "A.B answered twice", Parse("", "program A.B", "answer A.B 1", "program A.B", "answer A.B 1", "programs ended: 2").Problems);

    [Theory]
    [InlineData("chatter")]
    [InlineData("answer A.C 1")]
    [InlineData("program A.C")]
    public void A_line_that_is_not_of_the_report_is_a_problem(string line) => Assert.Contains(
        $"A.B printed \"{line}\"", Parse("", "program A.B", line, "answer A.B 1", "programs ended: 1").Problems);

    [Fact]
    public void The_same_answer_passes() => Assert.Null(Judge(s_program, "host's"));

    [Fact]
    public void A_program_that_the_kernel_does_not_tell_of_is_named() => Assert.Equal("the kernel did not run Group.One", Judge(s_program, null));

    [Fact]
    public void Another_answer_is_named_with_both() =>
        Assert.Equal("Group.One: the host's answer is\nhost's\nbut the kernel's outcome is\nkernel's", Judge(s_program, "kernel's"));

    [Theory]
    [InlineData("threw PlatformNotSupportedException: A kernel has no SystemNative_Fork.", true)]
    [InlineData("threw PlatformNotSupportedException: A kernel has no SystemNative_Open.", false)]
    [InlineData("threw IOException: SystemNative_Fork", false)]
    [InlineData("SystemNative_Fork", false)]
    public void A_refusal_is_an_exception_that_names_what_is_refused(string outcome, bool passes) =>
        Assert.Equal(passes, Judge(s_refused, outcome) is null);

    [Theory]
    [InlineData("kernel's", true)]
    [InlineData("kernel's, and more", true)]
    [InlineData("another", false)]
    [InlineData("host's", false)]
    [InlineData(null, false)]
    public void A_known_failure_must_fail_as_it_is_known(string? outcome, bool passes) =>
        Assert.Equal(passes, Judge(s_program, outcome, new KnownFailure("Group.One", "kernel's", "a reason")) is null);

    [Fact]
    public void A_known_failure_that_works_now_is_told() =>
        Assert.Equal("Group.One works now: take it out of KnownFailures", Judge(s_program, "host's", new KnownFailure("Group.One", "x", "a reason")));

    private static ProgramReport Parse(string cause, params string[] lines) => ProgramReport.Parse(lines, cause);

    private static string? Judge(SampleProgram program, string? outcome, params IReadOnlyList<KnownFailure> known) =>
        Judgement.FindMistake(program, "host's", outcome, known);
}

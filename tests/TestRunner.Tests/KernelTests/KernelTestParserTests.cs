using System;
using System.Linq;
using TestRunner.KernelTests;
using Xunit;

namespace TestRunner.Tests.KernelTests;

public class KernelTestParserTests
{
    [Fact]
    public void A_run_is_read_with_its_verdicts_messages_and_times()
    {
        KernelTestReport report = KernelTestParser.Parse(KernelLines.Mixed().Lines);

        Assert.Empty(report.Problems);
        Assert.Equal((2, 1, 1, 1, false), (report.Cores, report.Passed, report.Failed, report.Skipped, report.Succeeded));
        Assert.Equal(["Some.Good", "Some.Bad", "Some.Left_out"], report.Results.Select(result => result.Id));
        Assert.Equal(TimeSpan.FromMicroseconds(1500), report.Results[0].Duration);
        Assert.Equal(("bad", "all", "Some.cs:5"), (report.Results[1].Name, report.Results[1].Core, report.Results[1].Place));
        Assert.Equal(
            "Some.cs:6: sum: expected 5, found 7 (core 1)\nSome.cs:7: says \"no\" in C:\\ (core 1)", report.Results[1].Message);
        Assert.Equal("needs 4 cores", report.Results[2].Message);
    }

    [Fact]
    public void A_run_without_failures_succeeds() => Assert.True(KernelTestParser.Parse(KernelLines.Passing(5).Lines).Succeeded);

    [Fact]
    public void A_listing_has_the_names_and_no_verdicts()
    {
        KernelLines lines = new KernelLines()
            .Add("plan version=1 mode=list tests=1 cores=3")
            .Add("test test=0 core=2 id=\"Some.Good\" name=\"good\" at=\"Some.cs:3\"")
            .Add("end passed=0 failed=0 skipped=0");

        KernelTestReport report = KernelTestParser.Parse(lines.Lines);

        Assert.Empty(report.Problems);
        Assert.Equal((KernelTestOutcome.Listed, "good"), (Assert.Single(report.Results).Outcome, report.Results[0].Name));
    }

    [Fact]
    public void A_run_without_tests_does_not_succeed()
    {
        KernelLines lines = new KernelLines().Add("plan version=1 mode=run tests=0 cores=1").Add("end passed=0 failed=0 skipped=0");

        Assert.False(KernelTestParser.Parse(lines.Lines).Succeeded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("all tests passed")]
    public void Without_a_plan_there_is_no_success(string line)
    {
        KernelTestReport report = KernelTestParser.Parse([line], "the machine did not end within 5 s");

        Assert.False(report.Succeeded);
        Assert.Contains("announced no tests: the machine did not end", Assert.Single(report.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_of_the_format_is_a_problem()
    {
        KernelLines lines = new KernelLines().Add("plan version=2 mode=run tests=0 cores=1").Add("end passed=0 failed=0 skipped=0");

        Assert.Contains(KernelTestParser.Parse(lines.Lines).Problems, problem => problem.Contains("version 2", StringComparison.Ordinal));
    }

    [Fact]
    public void Whichever_line_is_lost_the_run_does_not_succeed()
    {
        int count = KernelLines.Passing(3).Lines.Count;
        for (int i = 0; i < count; i++)
        {
            KernelLines lines = KernelLines.Passing(3);
            lines.Lines.RemoveAt(i);

            KernelTestReport report = KernelTestParser.Parse(lines.Lines);

            Assert.NotEmpty(report.Problems);
            Assert.False(report.Succeeded);
        }
    }

    [Fact]
    public void Whichever_line_is_repeated_the_run_does_not_succeed()
    {
        int count = KernelLines.Passing(3).Lines.Count;
        for (int i = 1; i < count; i++)
        {
            KernelLines lines = KernelLines.Passing(3);
            lines.Lines.Insert(i + 1, lines.Lines[i]);

            Assert.Contains(
                KernelTestParser.Parse(lines.Lines).Problems, problem => problem.Contains("repeated", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Whichever_two_lines_are_exchanged_the_run_does_not_succeed()
    {
        int count = KernelLines.Passing(3).Lines.Count;
        for (int i = 0; i + 1 < count; i++)
        {
            KernelLines lines = KernelLines.Passing(3);
            (lines.Lines[i], lines.Lines[i + 1]) = (lines.Lines[i + 1], lines.Lines[i]);

            Assert.NotEmpty(KernelTestParser.Parse(lines.Lines).Problems);
        }
    }

    [Fact]
    public void Wherever_the_report_is_cut_off_the_run_does_not_succeed()
    {
        string whole = string.Join('\n', KernelLines.Passing(2).Lines);
        for (int length = 0; length < whole.Length; length++)
        {
            KernelTestReport report = KernelTestParser.Parse(whole[..length].Split('\n'));

            Assert.NotEmpty(report.Problems);
            Assert.False(report.Succeeded);
        }
    }

    [Fact]
    public void Whichever_character_is_changed_the_run_does_not_succeed()
    {
        string whole = string.Join('\n', KernelLines.Passing(2).Lines);
        for (int i = 0; i < whole.Length; i++)
        {
            char other = whole[i] == 'x' ? 'y' : 'x';
            string damaged = whole[..i] + other + whole[(i + 1)..];

            Assert.NotEmpty(KernelTestParser.Parse(damaged.Split('\n')).Problems);
        }
    }

    [Fact]
    public void Stray_lines_and_look_alikes_with_another_token_change_nothing()
    {
        KernelLines lines = KernelLines.Passing(3);
        string[] strays =
        [
            "ok 1 - all fine", "", "#kt", "#kt 00000000 0 3 pass test=0 ~00000000", "PANIC is only a word here",
            .. new KernelLines("00000000").Add("plan version=1 mode=run tests=9 cores=9").Add("end passed=9 failed=0 skipped=0").Lines,
        ];
        for (int i = lines.Lines.Count; i > 0; i--)
        {
            lines.Lines.InsertRange(i, strays);
        }

        KernelTestReport report = KernelTestParser.Parse(lines.Lines);

        Assert.Empty(report.Problems);
        Assert.True(report.Succeeded);
    }

    [Fact]
    public void Text_without_a_line_break_before_a_line_of_the_report_does_not_hide_it()
    {
        KernelLines lines = KernelLines.Passing(2);

        Assert.True(KernelTestParser.Parse(lines.Lines.Select(line => "half a line #kt " + line)).Succeeded);
    }

    [Fact]
    public void Text_inside_a_line_of_the_report_damages_it()
    {
        KernelLines lines = KernelLines.Passing(2);
        int at = lines.IndexOf("pass test=1");
        lines.Lines[at] = lines.Lines[at].Replace(" pass", "stray pass", StringComparison.Ordinal);

        KernelTestReport report = KernelTestParser.Parse(lines.Lines);

        Assert.Contains(report.Problems, problem => problem.Contains("damaged", StringComparison.Ordinal));
        Assert.Equal(KernelTestOutcome.Failed, report.Results[1].Outcome);
        Assert.Equal(KernelTestOutcome.Passed, report.Results[0].Outcome);
    }

    [Fact]
    public void A_panic_fails_the_test_that_ran_and_those_that_did_not()
    {
        KernelLines lines = KernelLines.Passing(3);
        lines.Lines.RemoveRange(lines.IndexOf("pass test=1"), lines.Lines.Count - lines.IndexOf("pass test=1"));
        lines.AddStray("PANIC on core 2: page fault at address 0x0").AddStray("PANIC on core 1: another");

        KernelTestReport report = KernelTestParser.Parse(lines.Lines, "the kernel panicked");

        Assert.Equal(KernelTestOutcome.Passed, report.Results[0].Outcome);
        Assert.Equal("PANIC on core 2: page fault at address 0x0", report.Results[1].Message);
        Assert.Equal("did not run, since Some.T1 did not end: PANIC on core 2: page fault at address 0x0", report.Results[2].Message);
        Assert.Equal("the end of the report is missing: PANIC on core 2: page fault at address 0x0", Assert.Single(report.Problems));
    }

    [Fact]
    public void A_hang_fails_the_test_that_ran_with_the_cause_of_the_run()
    {
        KernelLines lines = KernelLines.Passing(3);
        lines.Lines.RemoveRange(lines.IndexOf("pass test=1"), lines.Lines.Count - lines.IndexOf("pass test=1"));

        KernelTestReport report = KernelTestParser.Parse(lines.Lines, "it printed nothing for 10 s");

        Assert.Equal("it printed nothing for 10 s", report.Results[1].Message);
        Assert.Equal((1, 2), (report.Passed, report.Failed));
    }

    [Fact]
    public void A_check_that_failed_before_a_hang_is_told_too()
    {
        KernelLines lines = KernelLines.Mixed();
        lines.Lines.RemoveRange(lines.IndexOf("fail test=1"), lines.Lines.Count - lines.IndexOf("fail test=1"));

        KernelTestReport report = KernelTestParser.Parse(lines.Lines, "hung");

        Assert.Contains("sum: expected 5, found 7", report.Results[1].Message, StringComparison.Ordinal);
        Assert.EndsWith("\nhung", report.Results[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_last_failure_of_a_core_is_seen_by_the_count()
    {
        KernelLines lines = KernelLines.Mixed();
        lines.Lines.RemoveAt(lines.IndexOf("Some.cs:7"));

        KernelTestResult bad = KernelTestParser.Parse(lines.Lines).Results[1];

        Assert.Contains("2 failures were told, but 1 arrived", bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pass_of_a_test_with_a_failure_is_a_failure()
    {
        KernelLines lines = new KernelLines()
            .Add("plan version=1 mode=run tests=1 cores=2")
            .Add("test test=0 core=1 id=\"A.B\" name=\"b\" at=\"A.cs:1\"")
            .Add("start test=0")
            .Add("failure test=0 at=\"A.cs:2\" text=\"no\"", 1)
            .Add("pass test=0 microseconds=1")
            .Add("end passed=1 failed=0 skipped=0");

        Assert.False(KernelTestParser.Parse(lines.Lines).Succeeded);
    }

    [Theory]
    [InlineData("pass test=0 microseconds=1")]
    [InlineData("start test=0")]
    [InlineData("start test=1")]
    [InlineData("pass test=7 microseconds=1")]
    [InlineData("pass microseconds=1")]
    [InlineData("plan version=1 mode=run tests=1 cores=1")]
    [InlineData("test test=0 core=0 id=\"A.B\" name=\"b\" at=\"A.cs:1\"")]
    [InlineData("end passed=1 failed=0 skipped=0")]
    [InlineData("failure test=0 at=\"A.cs:2\" text=\"late\"")]
    [InlineData("wonder")]
    public void A_well_formed_line_out_of_place_spoils_the_run(string body)
    {
        KernelLines lines = new KernelLines()
            .Add("plan version=1 mode=run tests=1 cores=1")
            .Add("test test=0 core=0 id=\"A.B\" name=\"b\" at=\"A.cs:1\"")
            .Add("start test=0")
            .Add("pass test=0 microseconds=1")
            .Add(body)
            .Add("end passed=1 failed=0 skipped=0");

        Assert.False(KernelTestParser.Parse(lines.Lines).Succeeded);
    }

    [Theory]
    [InlineData("end passed=2 failed=0 skipped=0")]
    [InlineData("end passed=1 failed=1 skipped=0")]
    [InlineData("end passed=1 failed=0 skipped=1")]
    [InlineData("end")]
    public void Totals_that_do_not_match_are_a_problem(string end)
    {
        KernelLines lines = new KernelLines()
            .Add("plan version=1 mode=run tests=1 cores=1")
            .Add("test test=0 core=0 id=\"A.B\" name=\"b\" at=\"A.cs:1\"")
            .Add("start test=0")
            .Add("pass test=0 microseconds=1")
            .Add(end);

        Assert.NotEmpty(KernelTestParser.Parse(lines.Lines).Problems);
    }

    [Fact]
    public void Fewer_tests_than_announced_are_a_problem()
    {
        KernelLines lines = new KernelLines()
            .Add("plan version=1 mode=run tests=2 cores=1")
            .Add("test test=0 core=0 id=\"A.B\" name=\"b\" at=\"A.cs:1\"")
            .Add("start test=0")
            .Add("pass test=0 microseconds=1")
            .Add("end passed=1 failed=0 skipped=0");

        Assert.Contains(
            "the kernel told of 2 tests announced, but 1 arrived", KernelTestParser.Parse(lines.Lines).Problems);
    }

    [Fact]
    public void The_test_that_runs_is_known_while_it_runs()
    {
        var parser = new KernelTestParser();
        KernelLines lines = KernelLines.Passing(1);

        foreach (string line in lines.Lines.Take(lines.IndexOf("pass test=0")))
        {
            parser.Add(line);
        }

        Assert.Equal("Some.T0", parser.Running);
        lines.Lines.Skip(lines.IndexOf("pass test=0")).ToList().ForEach(parser.Add);
        Assert.Null(parser.Running);
        Assert.True(parser.IsEnded);
    }
}
